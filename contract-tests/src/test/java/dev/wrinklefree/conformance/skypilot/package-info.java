/** The SkyPilot API server's HTTP contract, as cases that any server of it can be asked. */
@NullMarked
package dev.wrinklefree.conformance.skypilot;

import org.jspecify.annotations.NullMarked;
