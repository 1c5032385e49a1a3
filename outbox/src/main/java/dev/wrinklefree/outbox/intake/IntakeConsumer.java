package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.RawEvent;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.value.TraceParent;
import dev.wrinklefree.outbox.intake.InboxRepository.Receipt;
import dev.wrinklefree.outbox.intake.IntakeMeters.Outcome;
import dev.wrinklefree.outbox.logging.LogContext;
import dev.wrinklefree.outbox.retry.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intake on JTA and the inbox. */
@ApplicationScoped
class IntakeConsumer implements EventIntake {

  private static final Logger LOGGER = LoggerFactory.getLogger(IntakeConsumer.class);

  /**
   * After the Kafka connector has closed its channels (priority 50): a record whose waiting is cut
   * short must not find a dead-letter producer that still works.
   */
  private static final int AFTER_CONNECTOR = 5000;

  private static final int BEFORE_ALL_OTHERS = 1;

  private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(2);

  private final EventCodec codec = new EventCodec();
  private final BodyDigest digest = new BodyDigest();
  private final InboxRepository inbox;
  private final Clock clock;
  private final StalledRecords stalled;
  private final IntakeMeters meters;
  private final RetryLoop retries;

  IntakeConsumer(
      InboxRepository inbox,
      Clock clock,
      StalledRecords stalled,
      IntakeConfig config,
      MeterRegistry registry) {
    this.inbox = inbox;
    this.clock = clock;
    this.stalled = stalled;
    this.meters = new IntakeMeters(registry);
    this.retries =
        new RetryLoop(
            new Backoff(config.firstBackoff(), config.longestBackoff()), config.handlerTries());
  }

  @Override
  public void consume(ConsumerRecord<String, byte[]> record, RawEventHandler handler)
      throws UnreadableEventException {
    long begun = System.nanoTime();
    Outcome outcome = Outcome.STOPPED;
    try {
      outcome = outcomeOf(consumeOnce(record, handler));
    } catch (UnreadableEventException e) {
      outcome = Outcome.DEAD_LETTER;
      meters.deadLetter(record.topic(), e.code().word());
      throw e;
    } catch (HandlerFailedException e) {
      outcome = Outcome.DEAD_LETTER;
      meters.deadLetter(record.topic(), HandlerFailedException.CODE);
      throw e;
    } finally {
      meters.handled(record.topic(), outcome, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  /**
   * Before anything that a handler needs is closed: a failure after that would say nothing of the
   * record, and yet make a dead letter of it.
   */
  void drain(@Observes @Priority(BEFORE_ALL_OTHERS) ShutdownEvent event) {
    try {
      if (!retries.drain(LAST_ATTEMPTS)) {
        LOGGER.warn("A record is still being handled; it will be delivered again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop(
      @Observes @Priority(AFTER_CONNECTOR) @BeforeDestroyed(ApplicationScoped.class) Object event) {
    retries.stop();
  }

  private Receipt consumeOnce(ConsumerRecord<String, byte[]> record, RawEventHandler handler)
      throws UnreadableEventException {
    RawEvent raw = inTrace(codec.readRaw(record));
    EventAttributes event = raw.attributes();
    String place = record.topic() + "-" + record.partition();
    try (LogContext context = LogContext.of(record, event)) {
      Receipt receipt =
          retries.run(
              () -> inTransaction(raw, handler),
              failure -> stalled.begin(place, failure, clock.instant()));
      LOGGER.info("Consumed {}, {}", event.type().typeName(), outcomeOf(receipt).word());
      return receipt;
    } finally {
      stalled.end(place);
    }
  }

  /** An event that comes without a trace begins one, which all that follows from it carries on. */
  private static RawEvent inTrace(RawEvent raw) {
    EventAttributes event = raw.attributes();
    TraceParent trace =
        TraceParent.parse(event.traceParent())
            .orElseGet(() -> TraceParent.begunBy(event.source(), event.id()));
    return new RawEvent(event.inTrace(trace), raw.data());
  }

  private static Outcome outcomeOf(Receipt receipt) {
    return switch (receipt) {
      case FIRST -> Outcome.HANDLED;
      case REPEATED -> Outcome.REPEATED;
      case CONFLICT -> Outcome.CONFLICT;
    };
  }

  private Receipt inTransaction(RawEvent raw, RawEventHandler handler)
      throws UnreadableEventException {
    try {
      return QuarkusTransaction.requiringNew().call(() -> handleOnce(raw, handler));
    } catch (UnreadableCarrier carrier) {
      throw carrier.unreadable;
    }
  }

  private Receipt handleOnce(RawEvent raw, RawEventHandler handler) {
    Receipt receipt = inbox.note(raw.attributes(), digest.of(raw), clock.instant());
    try {
      switch (receipt) {
        case FIRST -> handler.handle(new IncomingEvent(raw, false));
        case CONFLICT -> handler.handle(new IncomingEvent(raw, true));
        case REPEATED -> LOGGER.debug("Event was handled before");
      }
      return receipt;
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
