package dev.wrinklefree.cost.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.cost.ledger.Bookkeeper;
import dev.wrinklefree.outbox.intake.EventIntake;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns when machines come and go, what work is safe, and how far it is. */
@ApplicationScoped
class RunEventsConsumer {

  static final String JOB_STATE = "job-state-in";
  static final String CHECKPOINT_WRITTEN = "checkpoint-written-in";
  static final String TRAINING_PROGRESS = "training-progress-in";

  private static final Logger LOGGER = LoggerFactory.getLogger(RunEventsConsumer.class);

  private final EventIntake intake;
  private final Bookkeeper bookkeeper;

  RunEventsConsumer(EventIntake intake, Bookkeeper bookkeeper) {
    this.intake = intake;
    this.bookkeeper = bookkeeper;
  }

  @Incoming(JOB_STATE)
  @Blocking
  void onJobState(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    take(record, JobStateChanged.class, bookkeeper::jobChanged);
  }

  @Incoming(CHECKPOINT_WRITTEN)
  @Blocking
  void onCheckpoint(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    take(record, CheckpointWritten.class, bookkeeper::saved);
  }

  @Incoming(TRAINING_PROGRESS)
  @Blocking
  void onProgress(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    take(record, TrainingProgressed.class, bookkeeper::progressed);
  }

  private <D extends EventData> void take(
      ConsumerRecord<String, byte[]> record, Class<D> type, BiConsumer<EventAttributes, D> heard)
      throws UnreadableEventException {
    intake.consume(
        record,
        event -> {
          if (event.bodyConflict()) {
            LOGGER.warn("Event was said before with another body; the first stands");
          } else {
            heard.accept(event.attributes(), event.as(type));
          }
        });
  }
}
