package dev.wrinklefree.checkpoint.intake;

import dev.wrinklefree.checkpoint.alert.AlertPublisher;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns whether a run's job is active, which sets how often its prefix is listed and what is
 * expected there. A run without a word of its job is listed all the same.
 */
@ApplicationScoped
class JobStateConsumer {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobStateConsumer.class);

  static final String CHANNEL = "job-state-in";

  private final EventIntake intake;
  private final RunRepository runs;
  private final AlertPublisher alerts;
  private final Clock clock;

  JobStateConsumer(EventIntake intake, RunRepository runs, AlertPublisher alerts, Clock clock) {
    this.intake = intake;
    this.runs = runs;
    this.alerts = alerts;
    this.clock = clock;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, this::handle);
  }

  private void handle(IncomingEvent event) throws UnreadableEventException {
    if (event.bodyConflict()) {
      LOGGER.warn("monitor-service contradicts itself; its first word stands");
      return;
    }
    JobStateChanged changed = event.as(JobStateChanged.class);
    Instant now = clock.instant();
    if (changed.state() != JobState.UNKNOWN) {
      runs.setJobActive(changed.runId(), !changed.state().isTerminal(), now);
    }
    alerts.heard(changed.runId(), changed.state(), changed.attempt(), now);
  }
}
