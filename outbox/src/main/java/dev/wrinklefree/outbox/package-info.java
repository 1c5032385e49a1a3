/**
 * Publishes events by way of the service's own database, so that a fact and its event are one
 * commit.
 */
@NullMarked
package dev.wrinklefree.outbox;

import org.jspecify.annotations.NullMarked;
