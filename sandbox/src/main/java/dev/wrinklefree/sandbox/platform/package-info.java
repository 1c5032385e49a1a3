/** Starts and stops everything that a platform on one machine consists of. */
@NullMarked
package dev.wrinklefree.sandbox.platform;

import org.jspecify.annotations.NullMarked;
