/** Looks into the buckets on time, and records and publishes what is new. */
@NullMarked
package dev.wrinklefree.checkpoint.watch;

import org.jspecify.annotations.NullMarked;
