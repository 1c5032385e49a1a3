/**
 * From a committed event to its record on the broker, beside plain inserts and a plain producer.
 */
@NullMarked
package dev.wrinklefree.bench.relay;

import org.jspecify.annotations.NullMarked;
