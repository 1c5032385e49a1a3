package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final @Nullable Duration retryAfter;

  private ProblemException(
      Problem problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(problem.title(), cause);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** 404: no such run is known. */
  public static ProblemException unknownRun(String runId) {
    return new ProblemException(
        Problem.of("unknown-run", "Unknown run", 404, "No run has the id '" + runId + "'."),
        null,
        null);
  }

  /** 409: the run has no SkyPilot job yet. */
  public static ProblemException noJobYet(RunId runId, Duration retryAfter) {
    return new ProblemException(
        Problem.of(
            "no-job-yet",
            "The run has no job yet",
            409,
            "Run '" + runId + "' is not submitted yet; its log begins with its job. Ask again."),
        retryAfter,
        null);
  }

  /** 409: the run has no SkyPilot job and gets none. */
  public static ProblemException noJob(RunId runId) {
    return new ProblemException(
        Problem.of(
            "no-job",
            "The run has no job",
            409,
            "The launch of run '" + runId + "' failed, so there is no log."),
        null,
        null);
  }

  /** 400: query parameters that cannot be read. */
  public static ProblemException badQuery(List<Violation> violations) {
    return new ProblemException(
        Problem.of("bad-query", "Query parameters are wrong", 400, null).with(violations),
        null,
        null);
  }

  /** 503 or 502: SkyPilot does not answer, or refuses. */
  public static ProblemException skyPilot(SkyPilotException failure, Duration retryAfter) {
    return switch (failure) {
      case SkyPilotException.Permanent permanent ->
          new ProblemException(
              Problem.of(
                  "skypilot-refused", "SkyPilot refused", 502, permanent.refusal().describe()),
              null,
              failure);
      case SkyPilotException.Retryable ignored -> unreachable(failure, retryAfter);
      case SkyPilotException.UnknownOutcome ignored -> unreachable(failure, retryAfter);
    };
  }

  private static ProblemException unreachable(SkyPilotException failure, Duration retryAfter) {
    return new ProblemException(
        Problem.of("skypilot-unreachable", "SkyPilot does not answer", 503, failure.getMessage()),
        retryAfter,
        failure);
  }

  Problem problem() {
    return problem;
  }

  /** When to ask again, where that may help. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
