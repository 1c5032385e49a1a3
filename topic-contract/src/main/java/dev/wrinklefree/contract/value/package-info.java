/** Values that events are made of: run ids, money, hardware, budgets. */
@NullMarked
package dev.wrinklefree.contract.value;

import org.jspecify.annotations.NullMarked;
