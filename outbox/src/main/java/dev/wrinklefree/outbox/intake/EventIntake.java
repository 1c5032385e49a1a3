package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The one way in which a service consumes events: each is handled once, in one transaction with all
 * that follows from it.
 */
public interface EventIntake {

  /**
   * Handles a consumed record and returns when that is committed, so that its offset may be.
   *
   * <ul>
   *   <li>An event that was handled before, by (source, id) and body, is skipped.
   *   <li>While the database or a transaction fails, the same record is tried again, for as long as
   *       it takes: later records of the partition wait, and none becomes a dead letter.
   *   <li>Any other failure of the handler, and a row that the database refuses for what is in it
   *       (SQLSTATE 22, 23 and 54), is tried three times, then leaves this method.
   * </ul>
   *
   * <p>Whatever leaves this method makes the record a dead letter under SmallRye's {@code
   * dead-letter-queue} strategy.
   *
   * @throws UnreadableEventException if the record is not an event of the contract
   * @throws HandlerFailedException if the handler failed three times
   */
  void consume(ConsumerRecord<String, byte[]> record, RawEventHandler handler)
      throws UnreadableEventException;

  /**
   * Handles records that were read together and returns when all that they say is committed: events
   * of different runs in one transaction, since a commit for each is most of what an event costs.
   * Events of one run keep their order. Where the one transaction fails, each event is handled
   * alone, as {@link #consume} does it, so that no event suffers for another.
   *
   * @return the records that are to become dead letters
   */
  List<RefusedRecord> consumeAll(
      List<ConsumerRecord<String, byte[]>> records, BatchHandler handler);
}
