/** What a run would cost at other places. Pure. */
@NullMarked
package dev.wrinklefree.cost.whatif;

import org.jspecify.annotations.NullMarked;
