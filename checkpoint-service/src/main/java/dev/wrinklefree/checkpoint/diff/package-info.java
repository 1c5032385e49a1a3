/** Compares a listing with what was recorded: which checkpoints are newly complete. */
@NullMarked
package dev.wrinklefree.checkpoint.diff;

import org.jspecify.annotations.NullMarked;
