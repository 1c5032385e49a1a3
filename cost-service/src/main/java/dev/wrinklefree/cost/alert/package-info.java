/** What a person should look at in a run's money: raised once and cleared once. */
@NullMarked
package dev.wrinklefree.cost.alert;

import org.jspecify.annotations.NullMarked;
