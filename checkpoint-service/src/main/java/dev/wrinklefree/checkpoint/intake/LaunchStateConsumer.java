package dev.wrinklefree.checkpoint.intake;

import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun.Cause;
import dev.wrinklefree.checkpoint.unattributed.UnattributedRepository;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchStateData;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers each accepted run, so that its prefix is watched. */
@ApplicationScoped
class LaunchStateConsumer {

  private static final Logger LOGGER = LoggerFactory.getLogger(LaunchStateConsumer.class);

  static final String CHANNEL = "launch-state-in";

  private final EventIntake intake;
  private final RunRepository runs;
  private final UnattributedRepository unattributed;
  private final Clock clock;

  LaunchStateConsumer(
      EventIntake intake, RunRepository runs, UnattributedRepository unattributed, Clock clock) {
    this.intake = intake;
    this.runs = runs;
    this.unattributed = unattributed;
    this.clock = clock;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, this::handle);
  }

  private void handle(IncomingEvent event) throws UnreadableEventException {
    EventAttributes attributes = event.attributes();
    if (event.bodyConflict()) {
      LOGGER.warn("launch-service contradicts itself; its first word stands");
      return;
    }
    if (event.as(attributes.type().dataClass()) instanceof LaunchStateData data) {
      switch (data) {
        case LaunchAccepted accepted -> register(attributes, accepted);
        case LaunchSubmitted submitted -> runs.setLive(submitted.runId(), true);
        case LaunchFailed failed -> runs.setLive(failed.runId(), false);
        // Says nothing of the run that holds this id, if one does.
        case LaunchRejected rejected -> {}
      }
    }
  }

  private void register(EventAttributes attributes, LaunchAccepted accepted)
      throws UnreadableEventException {
    BucketPrefix where = homeOf(accepted);
    Cause cause =
        new Cause(attributes.id(), attributes.correlationOrOwnId(), attributes.traceParent());
    runs.register(accepted.runId(), where, accepted.checkpoints(), cause, clock.instant());
    unattributed.forget(where);
  }

  private static BucketPrefix homeOf(LaunchAccepted accepted) throws UnreadableEventException {
    try {
      CheckpointNames.of(accepted.checkpoints());
      return RunHome.of(accepted);
    } catch (IllegalArgumentException e) {
      throw new UnreadableEventException(
          UnreadableEventException.Code.BAD_DATA, String.valueOf(e.getMessage()));
    }
  }
}
