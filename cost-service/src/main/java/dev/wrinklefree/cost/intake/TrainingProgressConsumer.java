package dev.wrinklefree.cost.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.cost.ledger.Bookkeeper;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from training-progress how far the work is. */
@ApplicationScoped
class TrainingProgressConsumer {

  static final String CHANNEL = "training-progress-in";

  private static final Logger LOGGER = LoggerFactory.getLogger(TrainingProgressConsumer.class);

  private final EventIntake intake;
  private final Bookkeeper bookkeeper;

  TrainingProgressConsumer(EventIntake intake, Bookkeeper bookkeeper) {
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
    bookkeeper.progressed(event.attributes(), event.as(TrainingProgressed.class));
  }
}
