/** What is still to come of a run: how long it takes, how often it loses machines. Pure. */
@NullMarked
package dev.wrinklefree.cost.outlook;

import org.jspecify.annotations.NullMarked;
