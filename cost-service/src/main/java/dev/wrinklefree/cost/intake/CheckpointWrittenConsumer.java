package dev.wrinklefree.cost.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.cost.ledger.Bookkeeper;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from checkpoint-written what work is safe. */
@ApplicationScoped
class CheckpointWrittenConsumer {

  static final String CHANNEL = "checkpoint-written-in";

  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointWrittenConsumer.class);

  private final EventIntake intake;
  private final Bookkeeper bookkeeper;

  CheckpointWrittenConsumer(EventIntake intake, Bookkeeper bookkeeper) {
    this.intake = intake;
    this.bookkeeper = bookkeeper;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, this::handle);
  }

  private void handle(IncomingEvent event) throws UnreadableEventException {
    if (event.bodyConflict()) {
      LOGGER.warn("Event was said before with another body; the first stands");
      return;
    }
    bookkeeper.saved(event.attributes(), event.as(CheckpointWritten.class));
  }
}
