package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import dev.wrinklefree.launch.submission.Submissions.Beginning;
import dev.wrinklefree.launch.work.Progress;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.failure.SkyPilotException.UnknownOutcome;
import dev.wrinklefree.skypilot.jobs.LaunchedJob;
import dev.wrinklefree.skypilot.requests.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets an accepted run submitted once. SkyPilot has no idempotency key, so each step is recorded
 * before it is taken: after a crash anywhere, or a lost answer, the request and the job are looked
 * for before the request is sent again.
 */
final class Submission {

  private static final Logger LOGGER = LoggerFactory.getLogger(Submission.class);

  private final SkyPilot skyPilot;
  private final LaunchLook look;
  private final Submissions submissions;
  private final SubmissionRules rules;
  private final RetryPause pause;
  private final SkyPilotAccess access;
  private final SubmissionMetrics metrics;
  private final InstantSource clock;

  Submission(
      SkyPilot skyPilot,
      Submissions submissions,
      SubmissionRules rules,
      RetryPause pause,
      SkyPilotAccess access,
      SubmissionMetrics metrics,
      InstantSource clock) {
    this.skyPilot = skyPilot;
    this.look = new LaunchLook(skyPilot);
    this.submissions = submissions;
    this.rules = rules;
    this.pause = pause;
    this.access = access;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Takes the run as far as it goes now. */
  Progress advance(RunId runId) {
    return submissions
        .waiting(runId, now().minus(rules.maxAge()))
        .map(this::waitOn)
        .orElseGet(() -> step(runId));
  }

  private Progress step(RunId runId) {
    Submissions.Subject subject = submissions.load(runId);
    Run run = subject.run();
    boolean tooOld = isTooOld(run, now());
    return switch (SubmissionStep.next(run.state(), subject.cancelRequested(), tooOld)) {
      case SubmissionStep.Nothing ignored -> nothing(run);
      case SubmissionStep.Cancel cancel -> doneIf(submissions.cancelled(run, cancel.state()));
      case SubmissionStep.GiveUp giveUp ->
          doneIf(submissions.failed(run, giveUp.state(), timedOut(giveUp.state())));
      case SubmissionStep.Submit submit -> submit(run, submit.state());
      case SubmissionStep.Await await -> await(run, await.state(), await.requestId());
      case SubmissionStep.LookUp lookUp -> lookUp(run, lookUp.state());
    };
  }

  private Progress nothing(Run run) {
    if (run.state() instanceof RunState.Cancelled cancelled && cancelled.job() == null) {
      submissions.endedElsewhere(run.runId());
    }
    return new Progress.Done();
  }

  private Progress submit(Run run, Accepted accepted) {
    String taskYaml = run.taskYaml();
    if (taskYaml == null) {
      throw new IllegalStateException("run " + run.runId() + " was accepted without a task");
    }
    Submitting submitting = accepted.submitting(now());
    return switch (submissions.begin(run, accepted, submitting)) {
      case Beginning.Begun ignored -> send(run, submitting, taskYaml);
      case Beginning.Overtaken ignored -> atOnce();
      case Beginning.NoRoom full -> waitOn(full);
    };
  }

  private Progress waitOn(Beginning.NoRoom full) {
    return new Progress.Again(rules.slotWait(full.waitingBefore()));
  }

  private Progress send(Run run, Submitting submitting, String taskYaml) {
    if (now().isAfter(submitting.since().plus(rules.sendWindow()))) {
      LOGGER.warn("The process was held up before it sent the request: it is looked up instead");
      return atOnce();
    }
    if (submitting.attempts() > 1) {
      metrics.repeated();
    }
    RequestId requestId;
    try {
      requestId = skyPilot.submitLaunch(taskYaml, run.runId().value());
    } catch (SkyPilotException e) {
      return notAnswered(run, submitting, e);
    }
    access.granted();
    return awaitRecorded(run, submitting, requestId);
  }

  private Progress awaitRecorded(Run run, Submitting submitting, RequestId requestId) {
    Submitting answered = submitting.answered(requestId.value());
    return submissions.changed(run, submitting, answered, run.failures())
        ? await(run, answered, requestId.value())
        : atOnce();
  }

  private Progress await(Run run, Submitting submitting, String requestId) {
    LaunchedJob launched;
    try {
      launched = skyPilot.awaitLaunch(new RequestId(requestId));
    } catch (UnknownOutcome e) {
      LOGGER.warn("The launch's result is lost, it is looked up: {}", e.getMessage());
      return lookUp(run, submitting);
    } catch (SkyPilotException e) {
      return notAnswered(run, submitting, e);
    }
    return launched.jobId().isPresent()
        ? submitted(run, submitting, submitting.submitted(launched.jobId().getAsLong(), now()))
        : lookUp(run, submitting);
  }

  private Progress submitted(Run run, Submitting submitting, Submitted job) {
    if (!submissions.submitted(run, submitting, job)) {
      return atOnce();
    }
    metrics.submitted(run, job);
    LOGGER
        .atInfo()
        .addKeyValue("jobId", job.jobId())
        .log(job.adopted() ? "Job found and adopted" : "Job submitted");
    return new Progress.Done();
  }

  private Progress notAnswered(Run run, Submitting submitting, SkyPilotException failure) {
    return switch (failure) {
      case Retryable retryable -> {
        LOGGER.warn("Submit will be tried again: {}", retryable.getMessage());
        yield tryAgain(run, submitting, timedOut(submitting, retryable));
      }
      case UnknownOutcome unknown -> {
        LOGGER.warn("It is not known whether the submit came through: {}", unknown.getMessage());
        yield new Progress.Again(rules.lookInterval());
      }
      case Permanent permanent -> {
        RunState.Failed failed =
            submitting.failed(
                SkyPilotRefusal.code(permanent.refusal()),
                SkyPilotRefusal.message(permanent.refusal()));
        if (SkyPilotRefusal.isAboutUs(permanent.refusal())) {
          LOGGER.error("SkyPilot does not let us submit, runs wait: {}", permanent.getMessage());
          access.denied(SkyPilotRefusal.message(permanent.refusal()));
          yield tryAgain(run, submitting, failed);
        }
        LOGGER.warn("Submit was refused: {}", permanent.getMessage());
        yield doneIf(submissions.failed(run, submitting, failed));
      }
    };
  }

  /** Surely nothing came of it. Past the run's time it fails as {@code otherwise}. */
  private Progress tryAgain(Run run, Submitting submitting, RunState.Failed otherwise) {
    Duration wait = pause.after(run.failures() + 1);
    if (isTooOld(run, now().plus(wait))) {
      return doneIf(submissions.failed(run, submitting, otherwise));
    }
    submissions.changed(run, submitting, submitting.notSubmitted(), run.failures() + 1);
    return new Progress.Again(wait);
  }

  private Progress lookUp(Run run, Submitting submitting) {
    boolean settled = !now().isBefore(submitting.since().plus(rules.settleTime()));
    // Once a result was waited for, perhaps for long, the time to settle begins anew.
    boolean lastLook = settled && submitting.requestId() == null;
    LaunchLook.Finding finding;
    try {
      finding = look.at(run.runId(), lastLook);
    } catch (SkyPilotException e) {
      // Any failure to read means "not known", never "not there".
      LOGGER.warn("SkyPilot cannot be read, it will be tried again: {}", e.getMessage());
      submissions.changed(run, submitting, submitting, run.failures() + 1);
      return new Progress.Again(pause.after(run.failures() + 1));
    }
    return switch (finding) {
      case LaunchLook.UnderWay request -> underWay(run, submitting, request.id());
      case LaunchLook.InQueue job ->
          submitted(run, submitting, submitting.adopted(job.jobId(), now()));
      case LaunchLook.Launched job ->
          submitted(run, submitting, submitting.adopted(job.jobId(), now()));
      case LaunchLook.Nowhere ignored -> nowhere(run, submitting, settled);
    };
  }

  private Progress underWay(Run run, Submitting submitting, RequestId id) {
    if (id.value().equals(submitting.requestId())) {
      return new Progress.Again(rules.lookInterval());
    }
    LOGGER.info("The lost launch request was found at SkyPilot, it is awaited");
    metrics.recovered();
    return awaitRecorded(run, submitting, id);
  }

  private Progress nowhere(Run run, Submitting submitting, boolean settled) {
    if (!settled) {
      return new Progress.Again(rules.lookInterval());
    }
    if (submitting.requestId() != null) {
      submissions.changed(run, submitting, submitting.lost(now()), run.failures());
      return new Progress.Again(rules.lookInterval());
    }
    LOGGER.info("The lost submit left no trace, it will be sent again");
    submissions.changed(run, submitting, submitting.notSubmitted(), run.failures());
    return atOnce();
  }

  private boolean isTooOld(Run run, Instant when) {
    return when.isAfter(run.answeredAt().plus(rules.maxAge()));
  }

  private RunState.Failed timedOut(Accepted accepted) {
    return accepted.failed(
        "submission-timed-out", "SkyPilot took no launch request within " + rules.maxAge() + ".");
  }

  private RunState.Failed timedOut(Submitting submitting, Retryable last) {
    return submitting.failed(
        "submission-timed-out",
        SkyPilotRefusal.message(
            "SkyPilot took no launch request within %s; at last: %s"
                .formatted(rules.maxAge(), last.getMessage())));
  }

  /** A step that somebody else was faster with is decided anew. */
  private static Progress doneIf(boolean recorded) {
    return recorded ? new Progress.Done() : atOnce();
  }

  private static Progress atOnce() {
    return new Progress.Again(Duration.ZERO);
  }

  private Instant now() {
    return clock.instant();
  }
}
