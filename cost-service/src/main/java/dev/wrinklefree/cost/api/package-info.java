/** REST: costs and estimates. */
@NullMarked
package dev.wrinklefree.cost.api;

import org.jspecify.annotations.NullMarked;
