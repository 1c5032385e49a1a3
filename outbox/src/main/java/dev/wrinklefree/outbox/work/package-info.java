/** Durable work: db-scheduler on the service's own database. */
@NullMarked
package dev.wrinklefree.outbox.work;

import org.jspecify.annotations.NullMarked;
