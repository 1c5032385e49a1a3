/** What is kept of a run: job states seen, intervals and their pinned prices. */
@NullMarked
package dev.wrinklefree.cost.ledger;

import org.jspecify.annotations.NullMarked;
