/** Tells the cost of runs that hold machines, at a steady pace. */
@NullMarked
package dev.wrinklefree.cost.tick;

import org.jspecify.annotations.NullMarked;
