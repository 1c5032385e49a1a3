package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchStateData;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.monitor.watch.WatchConfig;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns the runs from launch-state. */
@ApplicationScoped
class LaunchStateConsumer {
  static final String CHANNEL = "launch-state-in";

  private static final Logger LOGGER = LoggerFactory.getLogger(LaunchStateConsumer.class);

  private final EventIntake intake;
  private final RunRepository runs;
  private final WatchConfig config;
  private final Clock clock;

  LaunchStateConsumer(EventIntake intake, RunRepository runs, WatchConfig config, Clock clock) {
    this.intake = intake;
    this.runs = runs;
    this.config = config;
    this.clock = clock;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, this::handle);
  }

  private void handle(IncomingEvent event) throws UnreadableEventException {
    if (event.bodyConflict()) {
      LOGGER.warn("Launch state contradicts an earlier one with its id; the first stands");
      return;
    }
    learn(event.attributes(), event.as(dataClass(event.attributes().type())));
  }

  private void learn(EventAttributes event, LaunchStateData data) {
    switch (data) {
      case LaunchAccepted accepted -> runs.accepted(event, accepted);
      case LaunchSubmitted submitted -> runs.submitted(event, submitted.skypilotJobId());
      case LaunchFailed ignored -> runs.failed(event, clock.instant().plus(config.recheckEnded()));
      // A refused request may bear the id of a run that exists: it says nothing of that one.
      case LaunchRejected ignored -> LOGGER.debug("Launch was rejected");
    }
  }

  private static Class<? extends LaunchStateData> dataClass(EventType type)
      throws UnreadableEventException {
    if (!LaunchStateData.class.isAssignableFrom(type.dataClass())) {
      throw new UnreadableEventException(
          UnreadableEventException.Code.UNKNOWN_TYPE, type.typeName() + " is no launch state");
    }
    return type.dataClass().asSubclass(LaunchStateData.class);
  }
}
