/** When machines existed: reads a run's job states and tells the intervals. Pure. */
@NullMarked
package dev.wrinklefree.cost.metering;

import org.jspecify.annotations.NullMarked;
