/** Consumes launch-state and job-state. */
@NullMarked
package dev.wrinklefree.cost.intake;

import org.jspecify.annotations.NullMarked;
