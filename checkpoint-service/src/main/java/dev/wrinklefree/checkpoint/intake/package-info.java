/** Learns of runs from launch-state. */
@NullMarked
package dev.wrinklefree.checkpoint.intake;

import org.jspecify.annotations.NullMarked;
