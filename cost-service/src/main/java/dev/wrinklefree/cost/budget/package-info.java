/** What is done when a run's budget is passed. Pure. */
@NullMarked
package dev.wrinklefree.cost.budget;

import org.jspecify.annotations.NullMarked;
