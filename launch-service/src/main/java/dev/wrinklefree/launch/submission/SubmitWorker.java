package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import dev.wrinklefree.launch.work.Progress;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.failure.SkyPilotException.UnknownOutcome;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.requests.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets an accepted run submitted once. SkyPilot has no idempotency key, so each step is recorded
 * before it is taken: after a crash anywhere, or a lost answer, the job is looked for by its name
 * before the request is sent again.
 */
@ApplicationScoped
class SubmitWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(SubmitWorker.class);

  /** Wait for a slot when too many submits are under way. */
  private static final Duration SLOT_WAIT = Duration.ofSeconds(1);

  private final SkyPilotClient skyPilot;
  private final SubmissionRepository submissions;
  private final SubmissionConfig config;
  private final RetryPause pause;
  private final Clock clock;
  private final Semaphore slots;

  SubmitWorker(
      SkyPilotClient skyPilot,
      SubmissionRepository submissions,
      SubmissionConfig config,
      Clock clock) {
    this.skyPilot = skyPilot;
    this.submissions = submissions;
    this.config = config;
    this.pause = new RetryPause(config.firstBackoff(), config.longestBackoff());
    this.clock = clock;
    this.slots = new Semaphore(config.maxInFlight());
  }

  /** Takes the run as far as it goes now. */
  Progress advance(RunId runId) {
    if (!slots.tryAcquire()) {
      return new Progress.Again(SLOT_WAIT);
    }
    try {
      return step(runId);
    } finally {
      slots.release();
    }
  }

  private Progress step(RunId runId) {
    SubmissionRepository.Subject subject = submissions.load(runId);
    Run run = subject.run();
    boolean tooOld = clock.instant().isAfter(run.answeredAt().plus(config.maxAge()));
    return switch (SubmissionStep.next(run.state(), subject.cancelRequested(), tooOld)) {
      case SubmissionStep.Nothing ignored -> new Progress.Done();
      case SubmissionStep.Cancel cancel -> doneIf(submissions.cancelled(run, cancel.state()));
      case SubmissionStep.GiveUp giveUp ->
          doneIf(submissions.failed(run, giveUp.state(), timedOut(giveUp.state())));
      case SubmissionStep.Submit submit -> submit(run, submit.state());
      case SubmissionStep.Await await -> await(run, await.state(), await.requestId());
      case SubmissionStep.LookUp lookUp -> lookUp(run, lookUp.state());
    };
  }

  private Progress submit(Run run, Accepted accepted) {
    String taskYaml = run.taskYaml();
    if (taskYaml == null) {
      throw new IllegalStateException("run " + run.runId() + " was accepted without a task");
    }
    Submitting submitting = accepted.submitting(clock.instant());
    if (!submissions.changed(run, accepted, submitting, run.failures())) {
      return atOnce();
    }
    RequestId requestId;
    try {
      requestId = skyPilot.submitLaunch(taskYaml, run.runId().value());
    } catch (SkyPilotException e) {
      return notAnswered(run, submitting, e);
    }
    Submitting answered = submitting.answered(requestId.value());
    if (!submissions.changed(run, submitting, answered, run.failures())) {
      return atOnce();
    }
    return await(run, answered, requestId.value());
  }

  private Progress await(Run run, Submitting submitting, String requestId) {
    LaunchedJob launched;
    try {
      launched = skyPilot.awaitLaunch(new RequestId(requestId));
    } catch (UnknownOutcome e) {
      LOGGER.warn("The launch's result is lost, the job is looked up: {}", e.getMessage());
      return lookUp(run, submitting);
    } catch (SkyPilotException e) {
      return notAnswered(run, submitting, e);
    }
    OptionalLong jobId = launched.jobId();
    if (jobId.isEmpty()) {
      return lookUp(run, submitting);
    }
    LOGGER.atInfo().addKeyValue("jobId", jobId.getAsLong()).log("Job submitted");
    return doneIf(
        submissions.submitted(run, submitting, submitting.submitted(jobId.getAsLong(), now())));
  }

  private Progress notAnswered(Run run, Submitting submitting, SkyPilotException failure) {
    return switch (failure) {
      case Retryable retryable -> {
        LOGGER.warn("Submit will be tried again: {}", retryable.getMessage());
        submissions.changed(run, submitting, submitting.notSubmitted(), run.failures() + 1);
        yield later(run);
      }
      case UnknownOutcome unknown -> {
        LOGGER.warn("It is not known whether the submit came through: {}", unknown.getMessage());
        yield new Progress.Again(config.lookInterval());
      }
      case Permanent permanent -> {
        LOGGER.warn("Submit was refused: {}", permanent.getMessage());
        yield doneIf(
            submissions.failed(
                run,
                submitting,
                submitting.failed(
                    SkyPilotRefusal.code(permanent.refusal()),
                    SkyPilotRefusal.message(permanent.refusal()))));
      }
    };
  }

  private Progress lookUp(Run run, Submitting submitting) {
    List<Long> jobIds;
    try {
      jobIds =
          QueueLook.jobsOf(run.runId(), skyPilot.queue(QueueQuery.ofName(run.runId().value())));
    } catch (SkyPilotException e) {
      // Any failure to read means "not known", never "not there".
      LOGGER.warn("The queue cannot be read, it will be tried again: {}", e.getMessage());
      submissions.changed(run, submitting, submitting, run.failures() + 1);
      return later(run);
    }
    if (!jobIds.isEmpty()) {
      if (jobIds.size() > 1) {
        LOGGER.error("Several jobs bear the run's name, the first is adopted: {}", jobIds);
      }
      LOGGER.atInfo().addKeyValue("jobId", jobIds.getFirst()).log("Job found and adopted");
      return doneIf(
          submissions.submitted(run, submitting, submitting.adopted(jobIds.getFirst(), now())));
    }
    if (now().isBefore(submitting.since().plus(config.settleTime()))) {
      return new Progress.Again(config.lookInterval());
    }
    if (submitting.requestId() != null) {
      // Its result was waited for, perhaps for long: a job of it may still be on its way.
      submissions.changed(run, submitting, submitting.lost(now()), run.failures());
      return new Progress.Again(config.lookInterval());
    }
    LOGGER.info("The lost submit left no job, it will be sent again");
    submissions.changed(run, submitting, submitting.notSubmitted(), run.failures());
    return atOnce();
  }

  private RunState.Failed timedOut(Accepted accepted) {
    return accepted.failed(
        "submission-timed-out", "SkyPilot took no launch request within " + config.maxAge() + ".");
  }

  /** A step that somebody else was faster with is decided anew. */
  private static Progress doneIf(boolean recorded) {
    return recorded ? new Progress.Done() : atOnce();
  }

  private Progress later(Run run) {
    return new Progress.Again(pause.after(run.failures() + 1));
  }

  private static Progress atOnce() {
    return new Progress.Again(Duration.ZERO);
  }

  private Instant now() {
    return clock.instant();
  }
}
