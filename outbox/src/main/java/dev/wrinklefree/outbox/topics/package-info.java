/** Compares the broker's topics with the contract when a service starts. */
@NullMarked
package dev.wrinklefree.outbox.topics;

import org.jspecify.annotations.NullMarked;
