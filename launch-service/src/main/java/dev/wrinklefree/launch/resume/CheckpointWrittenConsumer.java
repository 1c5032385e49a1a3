package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Remembers the newest complete checkpoint of each run, for those that are to go on from it. */
@ApplicationScoped
class CheckpointWrittenConsumer {

  static final String CHANNEL = "checkpoint-written-in";

  private final EventIntake intake;
  private final NewestCheckpointRepository checkpoints;

  CheckpointWrittenConsumer(EventIntake intake, NewestCheckpointRepository checkpoints) {
    this.intake = intake;
    this.checkpoints = checkpoints;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, this::remember);
  }

  private void remember(IncomingEvent event) throws UnreadableEventException {
    CheckpointWritten written = event.as(CheckpointWritten.class);
    checkpoints.written(event.attributes().runId(), written.uri(), written.writtenAt());
  }
}
