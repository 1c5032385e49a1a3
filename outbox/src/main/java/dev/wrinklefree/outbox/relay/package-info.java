/**
 * Carries committed events from the outbox to the broker, in order per stream, and forgets them.
 */
@NullMarked
package dev.wrinklefree.outbox.relay;

import org.jspecify.annotations.NullMarked;
