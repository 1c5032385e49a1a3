package dev.wrinklefree.launch.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.cancellation.CancelTask;
import dev.wrinklefree.launch.ownership.CancelPolicy;
import dev.wrinklefree.launch.ownership.EarlyCancelRepository;
import dev.wrinklefree.launch.ownership.RefusedCancels;
import dev.wrinklefree.launch.ownership.Requester;
import dev.wrinklefree.launch.ownership.Requesters;
import dev.wrinklefree.launch.ownership.RunOwnerRepository;
import dev.wrinklefree.launch.run.Cancellation;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.LaunchFailures;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records cancel requests, also for runs that are not known yet, and sets off what follows. */
@ApplicationScoped
class CancelRequestedConsumer {

  static final String CHANNEL = "cancel-requested-in";

  /** Kept for people; a longer one is cut. */
  private static final int MAX_TEXT = 500;

  private static final Logger LOGGER = LoggerFactory.getLogger(CancelRequestedConsumer.class);

  private final EventIntake intake;
  private final RunRepository runs;
  private final CancellationRepository cancellations;
  private final Outbox outbox;
  private final CancelTask cancelTask;
  private final Requesters requesters;
  private final RunOwnerRepository owners;
  private final EarlyCancelRepository earlyCancels;
  private final CancelPolicy policy;
  private final RefusedCancels refused;
  private final Clock clock;

  CancelRequestedConsumer(
      EventIntake intake,
      RunRepository runs,
      CancellationRepository cancellations,
      Outbox outbox,
      CancelTask cancelTask,
      Requesters requesters,
      RunOwnerRepository owners,
      EarlyCancelRepository earlyCancels,
      CancelPolicy policy,
      RefusedCancels refused,
      Clock clock) {
    this.intake = intake;
    this.runs = runs;
    this.cancellations = cancellations;
    this.outbox = outbox;
    this.cancelTask = cancelTask;
    this.requesters = requesters;
    this.owners = owners;
    this.earlyCancels = earlyCancels;
    this.policy = policy;
    this.refused = refused;
    this.clock = clock;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, event -> cancel(event, record.headers()));
  }

  private void cancel(IncomingEvent event, Headers headers) throws UnreadableEventException {
    CancelRequested request = event.as(CancelRequested.class);
    EventAttributes attributes = event.attributes();
    RunId runId = attributes.runId();
    runs.lock(runId);
    if (cancellations.of(runId).isPresent()) {
      LOGGER.info("Cancel was requested before");
      return;
    }
    Requester requester = requesters.of(event, headers).orElse(null);
    Optional<Run> run = runs.of(runId);
    CancelPolicy.Verdict verdict =
        run.isPresent()
            ? policy.ofKnownRun(owners.of(runId).orElse(null), requester)
            : policy.ofUnknownRun(requester);
    switch (verdict) {
      case TAKEN -> {}
      case TAKEN_FOR_NOW -> earlyCancels.add(runId, Objects.requireNonNull(requester));
      case REFUSED -> {
        refused.count();
        LOGGER.warn("Cancel refused: its sender is neither the run's owner nor an admin");
        return;
      }
    }
    cancellations.add(
        new Cancellation(
            runId,
            attributes.id(),
            attributes.time(),
            requester == null ? kept(request.requestedBy()) : requester.principal(),
            kept(request.reason())));
    if (run.isEmpty()) {
      LOGGER.info("Cancel recorded for a run that is not known yet");
      return;
    }
    apply(run.get(), attributes);
  }

  private void apply(Run run, EventAttributes cause) {
    Instant now = clock.instant();
    switch (run.state()) {
      case RunState.Accepted accepted -> {
        runs.change(run.runId(), accepted, accepted.cancelled(), 0);
        outbox.append(
            new OutboundEvent(
                run.runId(),
                LaunchFailures.cancelledBeforeSubmit(run.runId(), accepted.attempts()),
                now,
                now,
                run.origin().correlationId(),
                cause.id(),
                run.origin().traceParent()));
        LOGGER.info("Run cancelled before its submission");
      }
      case RunState.Submitting ignored ->
          LOGGER.info("Run will be cancelled when the outcome of its submission is known");
      case RunState.Submitted ignored -> {
        cancelTask.schedule(run.runId(), now);
        LOGGER.info("Cancel of the run's job begins");
      }
      case RunState.Ended ended -> LOGGER.info("Nothing to cancel: the run is {}", ended.word());
    }
  }

  /** As it may be stored and shown. */
  private static @Nullable String kept(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) : clean;
  }
}
