package dev.wrinklefree.outbox;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import java.util.List;

/**
 * Where a service puts the events that it publishes. They reach the broker when, and only when, the
 * transaction commits: within milliseconds, in order per run and topic, at least once.
 */
public interface Outbox {

  /**
   * Appends an event to the transaction in progress.
   *
   * <p>From the first append of a run to the commit, other transactions that append for the same
   * run and topic wait. A transaction that appends for several runs should do so in the order of
   * their ids: two that do it crosswise make PostgreSQL cancel one of them.
   *
   * @return the attributes as they will be published: source {@code /<application>/<topic>}, the
   *     next sequence of (source, run), id {@code <run id>:<sequence>}, times cut to microseconds
   * @throws jakarta.transaction.TransactionalException if there is no JTA transaction
   * @throws IllegalArgumentException if the data has more than {@link
   *     dev.wrinklefree.contract.cloudevents.EventCodec#MAX_DATA_BYTES} bytes
   */
  default EventAttributes append(OutboundEvent event) {
    return appendAll(List.of(event)).getFirst();
  }

  /**
   * Appends events to the transaction in progress, in one round trip to the database. What {@link
   * #append} says holds for each.
   *
   * @param events those of one run and topic in their order
   * @return the attributes of each, in the order of the events
   */
  List<EventAttributes> appendAll(List<OutboundEvent> events);
}
