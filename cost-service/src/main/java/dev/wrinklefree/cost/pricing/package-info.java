/** What machines cost: the price book, looked up by placement, and how clouds bill a start. */
@NullMarked
package dev.wrinklefree.cost.pricing;

import org.jspecify.annotations.NullMarked;
