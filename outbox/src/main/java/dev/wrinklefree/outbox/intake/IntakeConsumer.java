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
import java.util.ArrayList;
import java.util.List;
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

  @Override
  public List<RefusedRecord> consumeAll(
      List<ConsumerRecord<String, byte[]>> records, BatchHandler handler) {
    List<RefusedRecord> refused = new ArrayList<>();
    List<ReadRecord> readable = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        readable.add(new ReadRecord(record, inTrace(codec.readRaw(record))));
      } catch (UnreadableEventException | RuntimeException e) {
        // It fails there in the same way, and is counted.
        consumeAlone(record, handler, refused);
      }
    }
    for (List<ReadRecord> piece : RunsApart.pieces(readable, read -> read.raw().attributes())) {
      if (piece.size() == 1 || !consumedTogether(piece, handler)) {
        piece.forEach(read -> consumeAlone(read.record(), handler, refused));
      }
    }
    return refused;
  }

  /** Whether one transaction did it; if not, nothing has happened. */
  private boolean consumedTogether(List<ReadRecord> piece, BatchHandler handler) {
    long begun = System.nanoTime();
    List<Receipt> receipts;
    try {
      receipts = retries.once(() -> transaction(() -> handleTogether(piece, handler)));
    } catch (IntakeStoppedException e) {
      throw e;
    } catch (UnreadableEventException | RuntimeException | Error e) {
      LOGGER.info("Events are handled one by one, since together failed: {}", e.toString());
      return false;
    }
    Duration each = Duration.ofNanos((System.nanoTime() - begun) / piece.size());
    for (int i = 0; i < piece.size(); i++) {
      Outcome outcome = outcomeOf(receipts.get(i));
      ConsumerRecord<String, byte[]> record = piece.get(i).record();
      meters.handled(record.topic(), outcome, each);
      EventAttributes event = piece.get(i).raw().attributes();
      try (LogContext context = LogContext.of(record, event)) {
        LOGGER.info("Consumed {}, {}", event.type().typeName(), outcome.word());
      }
    }
    return true;
  }

  private List<Receipt> handleTogether(List<ReadRecord> piece, BatchHandler handler)
      throws UnreadableEventException {
    List<Receipt> receipts =
        inbox.noteAll(
            piece.stream()
                .map(
                    read ->
                        new InboxRepository.Note(read.raw().attributes(), digest.of(read.raw())))
                .toList(),
            clock.instant());
    List<ReceivedEvent> events = new ArrayList<>();
    for (int i = 0; i < piece.size(); i++) {
      ReadRecord read = piece.get(i);
      switch (receipts.get(i)) {
        case FIRST -> events.add(received(read, false));
        case CONFLICT -> events.add(received(read, true));
        case REPEATED -> LOGGER.debug("Event was handled before");
      }
    }
    if (!events.isEmpty()) {
      handler.handle(events);
    }
    return receipts;
  }

  private void consumeAlone(
      ConsumerRecord<String, byte[]> record, BatchHandler handler, List<RefusedRecord> refused) {
    try {
      consume(record, event -> handler.handle(List.of(new ReceivedEvent(event, record))));
    } catch (IntakeStoppedException e) {
      throw e;
    } catch (UnreadableEventException | RuntimeException e) {
      refused.add(new RefusedRecord(record, e));
    }
  }

  private static ReceivedEvent received(ReadRecord read, boolean bodyConflict) {
    return new ReceivedEvent(new IncomingEvent(read.raw(), bodyConflict), read.record());
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
              () -> transaction(() -> handleOnce(raw, handler)),
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

  private Receipt handleOnce(RawEvent raw, RawEventHandler handler)
      throws UnreadableEventException {
    Receipt receipt = inbox.note(raw.attributes(), digest.of(raw), clock.instant());
    switch (receipt) {
      case FIRST -> handler.handle(new IncomingEvent(raw, false));
      case CONFLICT -> handler.handle(new IncomingEvent(raw, true));
      case REPEATED -> LOGGER.debug("Event was handled before");
    }
    return receipt;
  }

  private static <T> T transaction(RetryLoop.Attempt<T> work) throws UnreadableEventException {
    try {
      return QuarkusTransaction.requiringNew()
          .call(
              () -> {
                try {
                  return work.run();
                } catch (UnreadableEventException e) {
                  throw new UnreadableCarrier(e);
                }
              });
    } catch (UnreadableCarrier carrier) {
      throw carrier.unreadable;
    }
  }

  /** A record that is an event of the contract. */
  private record ReadRecord(ConsumerRecord<String, byte[]> record, RawEvent raw) {}

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
