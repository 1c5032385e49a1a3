/** The stand-in of the SkyPilot API server: its HTTP contract, in front of jobs that really run. */
@NullMarked
package dev.wrinklefree.sandbox.skypilot;

import org.jspecify.annotations.NullMarked;
