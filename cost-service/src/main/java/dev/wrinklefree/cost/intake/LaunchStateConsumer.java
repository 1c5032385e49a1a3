package dev.wrinklefree.cost.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.cost.ledger.Bookkeeper;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from launch-state which runs there are and which came to nothing. */
@ApplicationScoped
class LaunchStateConsumer {

  static final String CHANNEL = "launch-state-in";

  private static final Logger LOGGER = LoggerFactory.getLogger(LaunchStateConsumer.class);

  private final EventIntake intake;
  private final Bookkeeper bookkeeper;

  LaunchStateConsumer(EventIntake intake, Bookkeeper bookkeeper) {
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
    switch (event.attributes().type()) {
      case LAUNCH_ACCEPTED -> {
        bookkeeper.accepted(event.attributes(), event.as(LaunchAccepted.class));
      }
      case LAUNCH_SUBMITTED -> {
        event.as(LaunchSubmitted.class);
        bookkeeper.launched(event.attributes());
      }
      case LAUNCH_FAILED -> {
        event.as(LaunchFailed.class);
        bookkeeper.launchFailed(event.attributes());
      }
      // A rejected request is no run; it may even name the id of one that exists.
      case LAUNCH_REJECTED -> LOGGER.debug("Rejected, so it costs nothing");
      case LAUNCH_REQUESTED,
          CANCEL_REQUESTED,
          JOB_STATE_CHANGED,
          TRAINING_PROGRESSED,
          CHECKPOINT_WRITTEN,
          COST_UPDATED,
          RUN_ALERTED ->
          throw new IllegalStateException("the codec lets no such type through on launch-state");
    }
  }
}
