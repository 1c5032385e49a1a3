/** What a run would cost, before it is launched. */
@NullMarked
package dev.wrinklefree.cost.estimate;

import org.jspecify.annotations.NullMarked;
