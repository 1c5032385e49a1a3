/** What was seen and published of each run. */
@NullMarked
package dev.wrinklefree.checkpoint.ledger;

import org.jspecify.annotations.NullMarked;
