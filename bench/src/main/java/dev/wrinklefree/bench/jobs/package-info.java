/** Measures the watch of the job queue. */
@NullMarked
package dev.wrinklefree.bench.jobs;

import org.jspecify.annotations.NullMarked;
