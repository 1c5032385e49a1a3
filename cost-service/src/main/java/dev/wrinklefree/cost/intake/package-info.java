/** Consumes launch-state, job-state, checkpoint-written and training-progress. */
@NullMarked
package dev.wrinklefree.cost.intake;

import org.jspecify.annotations.NullMarked;
