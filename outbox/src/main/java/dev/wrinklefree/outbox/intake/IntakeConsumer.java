package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.RawEvent;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.outbox.intake.InboxRepository.Receipt;
import dev.wrinklefree.outbox.retry.Backoff;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The intake on JTA and the inbox. */
@ApplicationScoped
class IntakeConsumer implements EventIntake {

  private static final Logger LOGGER = LoggerFactory.getLogger(IntakeConsumer.class);

  /**
   * After the Kafka connector has closed its channels (priority 50): a record whose waiting is cut
   * short must not find a dead-letter producer that still works.
   */
  private static final int AFTER_CONNECTOR = 5000;

  private final EventCodec codec = new EventCodec();
  private final BodyDigest digest = new BodyDigest();
  private final InboxRepository inbox;
  private final Clock clock;
  private final StalledRecords stalled;
  private final RetryLoop retries;

  IntakeConsumer(InboxRepository inbox, Clock clock, StalledRecords stalled, IntakeConfig config) {
    this.inbox = inbox;
    this.clock = clock;
    this.stalled = stalled;
    this.retries =
        new RetryLoop(
            new Backoff(config.firstBackoff(), config.longestBackoff()), config.handlerTries());
  }

  @Override
  public void consume(ConsumerRecord<String, byte[]> record, RawEventHandler handler)
      throws UnreadableEventException {
    RawEvent raw = codec.readRaw(record);
    String place = record.topic() + "-" + record.partition();
    try (var runId = MDC.putCloseable("runId", raw.attributes().runId().value());
        var eventId = MDC.putCloseable("eventId", raw.attributes().id());
        var topic = MDC.putCloseable("topic", record.topic());
        var partition = MDC.putCloseable("partition", Integer.toString(record.partition()));
        var offset = MDC.putCloseable("offset", Long.toString(record.offset()))) {
      retries.run(() -> inTransaction(raw, handler), () -> stalled.begin(place, clock.instant()));
    } finally {
      stalled.end(place);
    }
  }

  void stop(
      @Observes @Priority(AFTER_CONNECTOR) @BeforeDestroyed(ApplicationScoped.class) Object event) {
    retries.stop();
  }

  private void inTransaction(RawEvent raw, RawEventHandler handler)
      throws UnreadableEventException {
    try {
      QuarkusTransaction.requiringNew().run(() -> handleOnce(raw, handler));
    } catch (UnreadableCarrier carrier) {
      throw carrier.unreadable;
    }
  }

  private void handleOnce(RawEvent raw, RawEventHandler handler) {
    EventAttributes event = raw.attributes();
    Receipt receipt = inbox.note(event, digest.of(raw), clock.instant());
    try {
      switch (receipt) {
        case FIRST -> handler.handle(new IncomingEvent(raw, false));
        case CONFLICT -> handler.handle(new IncomingEvent(raw, true));
        case REPEATED -> LOGGER.debug("Event was handled before");
      }
    } catch (UnreadableEventException e) {
      throw new UnreadableCarrier(e);
    }
  }

  /** Carries the checked exception through the transaction, which it rolls back. */
  private static final class UnreadableCarrier extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UnreadableEventException unreadable;

    UnreadableCarrier(UnreadableEventException unreadable) {
      super(unreadable);
      this.unreadable = unreadable;
    }
  }
}
