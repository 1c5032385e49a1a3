/** What of the world outside an operator should look at. */
@NullMarked
package dev.wrinklefree.cost.checks;

import org.jspecify.annotations.NullMarked;
