package dev.wrinklefree.launch.intake;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
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
import dev.wrinklefree.launch.resume.NewestCheckpointRepository;
import dev.wrinklefree.launch.run.Cancellation;
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
import dev.wrinklefree.outbox.intake.ReceivedEvent;
import dev.wrinklefree.outbox.intake.RecordBatch;
import dev.wrinklefree.outbox.logging.LogContext;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers launch requests: run, answer and submit task are one transaction, as a rule of all the
 * requests that were read together.
 */
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
  CompletionStage<Void> on(KafkaRecordBatch<String, byte[]> batch) {
    return RecordBatch.handle(batch, records -> intake.consumeAll(records, this::answerAll));
  }

  private void answerAll(List<ReceivedEvent> events) {
    List<RunId> runIds = events.stream().map(event -> event.event().attributes().runId()).toList();
    runs.lock(runIds);
    Map<RunId, Run> known = runs.of(runIds);
    List<Acceptance> accepted = new ArrayList<>();
    for (ReceivedEvent event : events) {
      try (LogContext context = event.logContext()) {
        answer(event, known.get(event.event().attributes().runId())).ifPresent(accepted::add);
      }
    }
    if (!accepted.isEmpty()) {
      accept(accepted);
    }
  }

  /** Answers all but an acceptance, which is returned. */
  private Optional<Acceptance> answer(ReceivedEvent event, @Nullable Run known) {
    EventAttributes request = event.event().attributes();
    RunId runId = request.runId();
    LaunchAttempt asked =
        LaunchAttempt.of(
            runId,
            RequestOrigin.of(request),
            event.event().raw().data(),
            event.event().bodyConflict());
    LaunchAttempt attempt =
        requesters
            .of(event.event(), event.record().headers())
            .map(Requester::principal)
            .map(asked::by)
            .orElse(asked);
    switch (decider.decide(attempt, known)) {
      case Answer.Accept accept -> {
        return Optional.of(new Acceptance(event, attempt, accept.plan()));
      }
      case Answer.Reject reject -> reject(attempt, request, reject.violations());
      case Answer.RejectConflict conflict -> {
        List<Violation> violations = List.of(conflict.violation());
        publish(request, runId, new LaunchRejected(runId, violations), clock.instant());
        LOGGER.info("Launch rejected: the run id belongs to another request");
      }
      case Answer.Repeat ignored -> LOGGER.info("Launch was requested before, its answer stands");
    }
    return Optional.empty();
  }

  private void accept(List<Acceptance> acceptances) {
    Instant now = clock.instant();
    List<EventAttributes> answers =
        outbox.appendAll(acceptances.stream().map(acceptance -> acceptance.event(now)).toList());
    Map<RunId, Cancellation> cancelled =
        cancellations.of(acceptances.stream().map(Acceptance::runId).toList());
    List<RunId> toSubmit = new ArrayList<>();
    for (int i = 0; i < acceptances.size(); i++) {
      Acceptance acceptance = acceptances.get(i);
      try (LogContext context = acceptance.received().logContext()) {
        boolean isCancelled =
            cancelled.containsKey(acceptance.runId()) && staysCancelled(acceptance);
        record(acceptance, answers.get(i), isCancelled, now);
        if (!isCancelled) {
          toSubmit.add(acceptance.runId());
        }
      }
    }
    submitTask.schedule(toSubmit, now);
    checkpoints.launched(
        acceptances.stream().flatMap(acceptance -> acceptance.likeness().stream()).toList(), now);
  }

  private void record(
      Acceptance acceptance, EventAttributes answer, boolean isCancelled, Instant now) {
    RunId runId = acceptance.runId();
    RunState state = RunState.Accepted.first();
    String principal = acceptance.attempt().principal();
    if (principal != null) {
      owners.add(runId, principal);
    }
    if (isCancelled) {
      state = RunState.Accepted.first().cancelled();
      LaunchFailed failed = LaunchFailures.cancelledBeforeSubmit(runId, 0);
      outbox.append(OutboundEvent.causedBy(answer, runId, failed, now, now));
      LOGGER.info("Launch accepted and not submitted: its cancel came first");
    } else {
      LOGGER.info("Launch accepted");
    }
    LaunchPlan plan = acceptance.plan();
    runs.add(run(acceptance.attempt(), plan.accepted(), plan.taskYaml(), answer, now, state));
  }

  /** Whether the cancel that came first is from somebody who may cancel the run as it turns out. */
  private boolean staysCancelled(Acceptance acceptance) {
    RunId runId = acceptance.runId();
    Requester canceller = earlyCancels.take(runId).orElse(null);
    if (canceller == null
        || cancelPolicy.ofKnownRun(acceptance.attempt().principal(), canceller)
            == CancelPolicy.Verdict.TAKEN) {
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
