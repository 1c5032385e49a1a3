/** What the names of a run's objects mean: which make up a checkpoint, and which are temporary. */
@NullMarked
package dev.wrinklefree.checkpoint.layout;

import org.jspecify.annotations.NullMarked;
