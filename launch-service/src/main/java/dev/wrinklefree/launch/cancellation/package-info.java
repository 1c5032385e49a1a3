/** Sees to it that a cancelled run's job ends. */
@NullMarked
package dev.wrinklefree.launch.cancellation;

import org.jspecify.annotations.NullMarked;
