/** Prices of machines with accelerators, as the server's catalogue has them. */
@NullMarked
package dev.wrinklefree.skypilot.catalog;

import org.jspecify.annotations.NullMarked;
