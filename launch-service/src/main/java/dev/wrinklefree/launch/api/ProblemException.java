package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.value.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.title(), cause);
    this.problem = problem;
  }

  /** 400: the body is no JSON object. */
  static ProblemException malformed(String detail) {
    return new ProblemException(
        Problem.of("malformed-json", "The body is not a JSON object", 400, detail), null);
  }

  /** 400: a query parameter or header that cannot be read. */
  static ProblemException badParameter(String name, String message) {
    return new ProblemException(
        Problem.of("bad-parameter", "A parameter is wrong", 400, null)
            .with(List.of(new Violation(name, "bad-format", message))),
        null);
  }

  /** 404: no such run. */
  static ProblemException unknownRun(String runId) {
    return new ProblemException(
        Problem.of("unknown-run", "Unknown run", 404, "No run has the id '" + runId + "'."), null);
  }

  /** 409: the run id or the idempotency key belongs to another request. */
  static ProblemException conflict(Violation violation) {
    return new ProblemException(
        Problem.of("conflict", "It belongs to another request", 409, violation.message())
            .with(List.of(violation)),
        null);
  }

  /** 413: the body is larger than an event may be. */
  static ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(
            "too-large",
            "The body is too large",
            413,
            "A request has at most " + EventCodec.MAX_DATA_BYTES + " bytes."),
        null);
  }

  /** 422: the request is wrong. */
  static ProblemException invalid(List<Violation> violations) {
    return new ProblemException(
        Problem.of("invalid-request", "The request is invalid", 422, null).with(violations), null);
  }

  /** 503: the broker did not take the event. */
  static ProblemException brokerUnavailable(Throwable cause) {
    return new ProblemException(
        Problem.of(
            "broker-unavailable",
            "The broker does not answer",
            503,
            "It is not certain that the request was taken; the same Idempotency-Key makes it safe"
                + " to repeat."),
        cause);
  }

  Problem problem() {
    return problem;
  }
}
