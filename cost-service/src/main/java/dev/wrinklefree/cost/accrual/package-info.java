/** What those intervals cost: pins a price to each and adds up as of an instant. Pure. */
@NullMarked
package dev.wrinklefree.cost.accrual;

import org.jspecify.annotations.NullMarked;
