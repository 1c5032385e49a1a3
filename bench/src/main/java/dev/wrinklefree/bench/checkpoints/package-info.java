/** Measures how checkpoint-service looks for checkpoints, beside a bare listing of the bucket. */
@NullMarked
package dev.wrinklefree.bench.checkpoints;

import org.jspecify.annotations.NullMarked;
