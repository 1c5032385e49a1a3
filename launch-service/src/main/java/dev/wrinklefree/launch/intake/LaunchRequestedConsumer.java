package dev.wrinklefree.launch.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchStateData;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.ownership.CancelPolicy;
import dev.wrinklefree.launch.ownership.EarlyCancelRepository;
import dev.wrinklefree.launch.ownership.RefusedCancels;
import dev.wrinklefree.launch.ownership.Requester;
import dev.wrinklefree.launch.ownership.Requesters;
import dev.wrinklefree.launch.ownership.RunOwnerRepository;
import dev.wrinklefree.launch.plan.LaunchPlan;
import dev.wrinklefree.launch.resume.Likeness;
import dev.wrinklefree.launch.resume.NewestCheckpointRepository;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.LaunchFailures;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.submission.SubmitTask;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.outbox.intake.EventIntake;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers launch requests: run, answer and submit task are one transaction. */
@ApplicationScoped
class LaunchRequestedConsumer {

  static final String CHANNEL = "launch-requested-in";

  private static final Logger LOGGER = LoggerFactory.getLogger(LaunchRequestedConsumer.class);

  private final EventIntake intake;
  private final AnswerDecider decider;
  private final RunRepository runs;
  private final CancellationRepository cancellations;
  private final Outbox outbox;
  private final SubmitTask submitTask;
  private final Requesters requesters;
  private final RunOwnerRepository owners;
  private final EarlyCancelRepository earlyCancels;
  private final CancelPolicy cancelPolicy;
  private final RefusedCancels refusedCancels;
  private final NewestCheckpointRepository checkpoints;
  private final Clock clock;

  LaunchRequestedConsumer(
      EventIntake intake,
      AnswerDecider decider,
      RunRepository runs,
      CancellationRepository cancellations,
      Outbox outbox,
      SubmitTask submitTask,
      Requesters requesters,
      RunOwnerRepository owners,
      EarlyCancelRepository earlyCancels,
      CancelPolicy cancelPolicy,
      RefusedCancels refusedCancels,
      NewestCheckpointRepository checkpoints,
      Clock clock) {
    this.intake = intake;
    this.decider = decider;
    this.runs = runs;
    this.cancellations = cancellations;
    this.outbox = outbox;
    this.submitTask = submitTask;
    this.requesters = requesters;
    this.owners = owners;
    this.earlyCancels = earlyCancels;
    this.cancelPolicy = cancelPolicy;
    this.refusedCancels = refusedCancels;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  @Incoming(CHANNEL)
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, event -> answer(event, record.headers()));
  }

  private void answer(IncomingEvent event, Headers headers) {
    EventAttributes request = event.attributes();
    RunId runId = request.runId();
    LaunchAttempt asked =
        LaunchAttempt.of(
            runId, RequestOrigin.of(request), event.raw().data(), event.bodyConflict());
    LaunchAttempt attempt =
        requesters.of(event, headers).map(Requester::principal).map(asked::by).orElse(asked);
    runs.lock(runId);
    switch (decider.decide(attempt, runs.of(runId).orElse(null))) {
      case Answer.Accept accept -> accept(attempt, request, accept.plan());
      case Answer.Reject reject -> reject(attempt, request, reject.violations());
      case Answer.RejectConflict conflict -> {
        List<Violation> violations = List.of(conflict.violation());
        publish(request, runId, new LaunchRejected(runId, violations), clock.instant());
        LOGGER.info("Launch rejected: the run id belongs to another request");
      }
      case Answer.Repeat ignored -> LOGGER.info("Launch was requested before, its answer stands");
    }
  }

  private void accept(LaunchAttempt attempt, EventAttributes request, LaunchPlan plan) {
    RunId runId = attempt.runId();
    Instant now = clock.instant();
    LaunchAccepted accepted = plan.accepted();
    EventAttributes answer = publish(request, runId, accepted, now);
    RunState state = RunState.Accepted.first();
    if (attempt.principal() != null) {
      owners.add(runId, attempt.principal());
    }
    if (isCancelled(runId, attempt.principal())) {
      state = RunState.Accepted.first().cancelled();
      LaunchFailed failed = LaunchFailures.cancelledBeforeSubmit(runId, 0);
      outbox.append(OutboundEvent.causedBy(answer, runId, failed, now, now));
      LOGGER.info("Launch accepted and not submitted: its cancel came first");
    } else {
      submitTask.schedule(runId, now);
      LOGGER.info("Launch accepted");
    }
    runs.add(run(attempt, accepted, plan.taskYaml(), answer, now, state));
    if (accepted.checkpoints() != null) {
      checkpoints.launched(
          runId,
          Likeness.of(
              accepted.template(), accepted.model(), accepted.mode(), accepted.parameters()),
          now);
    }
  }

  /** Whether the run's cancel came first, from somebody who may cancel it as it now turns out. */
  private boolean isCancelled(RunId runId, @Nullable String owner) {
    if (cancellations.of(runId).isEmpty()) {
      return false;
    }
    Requester canceller = earlyCancels.take(runId).orElse(null);
    if (canceller == null
        || cancelPolicy.ofKnownRun(owner, canceller) == CancelPolicy.Verdict.TAKEN) {
      return true;
    }
    cancellations.deleteById(runId.value());
    refusedCancels.count();
    LOGGER.warn("The cancel that came before the launch is dropped: it is not its sender's run");
    return false;
  }

  private void reject(LaunchAttempt attempt, EventAttributes request, List<Violation> violations) {
    Instant now = clock.instant();
    EventAttributes answer =
        publish(request, attempt.runId(), new LaunchRejected(attempt.runId(), violations), now);
    runs.add(run(attempt, null, null, answer, now, new RunState.Rejected(violations)));
    LOGGER.info("Launch rejected with {} violations", violations.size());
  }

  private EventAttributes publish(
      EventAttributes request, RunId runId, LaunchStateData data, Instant now) {
    return outbox.append(OutboundEvent.causedBy(request, runId, data, now, now));
  }

  private static Run run(
      LaunchAttempt attempt,
      @Nullable LaunchAccepted accepted,
      @Nullable String taskYaml,
      EventAttributes answer,
      Instant now,
      RunState state) {
    return new Run(
        attempt.runId(),
        attempt.origin(),
        attempt.digest(),
        accepted,
        taskYaml,
        answer.id(),
        now,
        state,
        0);
  }
}
