/** Learns of runs from launch-state, and of their jobs from job-state. */
@NullMarked
package dev.wrinklefree.checkpoint.intake;

import org.jspecify.annotations.NullMarked;
