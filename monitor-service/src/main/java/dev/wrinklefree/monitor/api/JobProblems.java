package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.rest.Problems;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;

/** The problems that only this service has. */
public final class JobProblems {

  private JobProblems() {}

  /** 409: the run has no SkyPilot job yet. */
  public static HttpProblem noJobYet(RunId runId, Duration retryAfter) {
    return Problems.retryLater(Problems.of("no-job-yet", "The run has no job yet", 409), retryAfter)
        .withDetail(
            "Run '" + runId + "' is not submitted yet; its log begins with its job. Ask again.")
        .build();
  }

  /** 409: the run has no SkyPilot job and gets none. */
  public static HttpProblem noJob(RunId runId) {
    return Problems.of("no-job", "The run has no job", 409)
        .withDetail("The launch of run '" + runId + "' failed, so there is no log.")
        .build();
  }

  /** 404: the number under which the run had its job is not the run's any more. */
  public static HttpProblem jobLost(RunId runId, long jobId) {
    return Problems.of("job-lost", "The run's job is gone", 404)
        .withDetail(
            "SkyPilot's job "
                + jobId
                + " is no longer this run's ('"
                + runId
                + "'), so its log is not shown. SkyPilot numbers anew when its controller is torn"
                + " down.")
        .build();
  }

  /** 404: nothing is known of the run's figures. */
  static HttpProblem noProgress(String runId) {
    return Problems.of("no-progress-known", "The run has no figures", 404)
        .withDetail(
            "W&B has shown no figures of run '"
                + runId
                + "' yet, it reports none, or there is no such run.")
        .build();
  }

  /** 503 or 502: SkyPilot does not answer, or refuses. */
  public static HttpProblem skyPilot(SkyPilotException failure, Duration retryAfter) {
    return switch (failure) {
      case SkyPilotException.Permanent permanent -> refused(permanent);
      case SkyPilotException.Retryable ignored -> unreachable(failure, retryAfter);
      case SkyPilotException.UnknownOutcome ignored -> unreachable(failure, retryAfter);
    };
  }

  private static HttpProblem refused(SkyPilotException.Permanent failure) {
    HttpProblem problem =
        Problems.of("skypilot-refused", "SkyPilot refused", 502)
            .withDetail(failure.refusal().describe())
            .build();
    problem.initCause(failure);
    return problem;
  }

  private static HttpProblem unreachable(SkyPilotException failure, Duration retryAfter) {
    return Problems.unavailable(
        "skypilot-unreachable",
        "SkyPilot does not answer",
        String.valueOf(failure.getMessage()),
        retryAfter,
        failure);
  }
}
