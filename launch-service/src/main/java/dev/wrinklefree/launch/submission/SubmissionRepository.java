package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.event.LaunchStateData;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.cancellation.CancelTask;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.LaunchFailures;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Failed;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each step of a submission in one transaction with the event that tells it. A step is
 * recorded only if the run is still as the worker saw it; the methods say whether it was.
 */
@ApplicationScoped
class SubmissionRepository {

  private static final Logger LOGGER = LoggerFactory.getLogger(SubmissionRepository.class);

  private final RunRepository runs;
  private final CancellationRepository cancellations;
  private final Outbox outbox;
  private final CancelTask cancelTask;
  private final Clock clock;

  /** A run to be submitted, and whether that is still wanted. */
  record Subject(Run run, boolean cancelRequested) {}

  SubmissionRepository(
      RunRepository runs,
      CancellationRepository cancellations,
      Outbox outbox,
      CancelTask cancelTask,
      Clock clock) {
    this.runs = runs;
    this.cancellations = cancellations;
    this.outbox = outbox;
    this.cancelTask = cancelTask;
    this.clock = clock;
  }

  Subject load(RunId runId) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                new Subject(
                    runs.of(runId).orElseThrow(() -> new IllegalStateException("no run " + runId)),
                    cancellations.of(runId).isPresent()));
  }

  /** Changes the state, which no event tells. */
  boolean changed(Run run, RunState expected, RunState next, int failures) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              runs.lock(run.runId());
              return runs.change(run.runId(), expected, next, failures);
            });
  }

  /** The run has its job, and its cancel begins if one was asked for meanwhile. */
  boolean submitted(Run run, Submitting expected, Submitted next) {
    LaunchSubmitted event =
        new LaunchSubmitted(
            run.runId(),
            next.jobId(),
            next.adopted() ? null : next.requestId(),
            next.adopted(),
            next.at());
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              boolean told = tell(run, expected, next, event, next.at());
              if (told && cancellations.of(run.runId()).isPresent()) {
                cancelTask.schedule(run.runId(), clock.instant());
              }
              return told;
            });
  }

  /** No job comes of it. */
  boolean failed(Run run, RunState expected, Failed next) {
    Instant now = clock.instant();
    return QuarkusTransaction.requiringNew()
        .call(() -> tell(run, expected, next, LaunchFailures.of(run.runId(), next), now));
  }

  /** No job comes of it, since a cancel came first. */
  boolean cancelled(Run run, Accepted expected) {
    Instant now = clock.instant();
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                tell(
                    run,
                    expected,
                    expected.cancelled(),
                    LaunchFailures.cancelledBeforeSubmit(run.runId(), expected.attempts()),
                    now));
  }

  private boolean tell(
      Run run, RunState expected, RunState next, LaunchStateData event, Instant time) {
    runs.lock(run.runId());
    if (!runs.change(run.runId(), expected, next, 0)) {
      LOGGER.warn("The run is no longer {}: what came of it is looked up again", expected.word());
      return false;
    }
    outbox.append(
        new OutboundEvent(
            run.runId(),
            event,
            time,
            clock.instant(),
            run.origin().correlationId(),
            run.answerEventId(),
            run.origin().traceParent()));
    return true;
  }
}
