package dev.wrinklefree.rest;

import dev.wrinklefree.contract.value.Violation;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The problems (RFC 9457) that services share, and the form that each service gives its own. */
public final class Problems {

  /** Member with the list of {@link Violation}s. */
  public static final String VIOLATIONS = "violations";

  private static final String TYPES = "/problems/";
  private static final String RETRY_AFTER = "Retry-After";

  private Problems() {}

  /**
   * A problem of one kind. The path of the request is added when it is answered.
   *
   * @param kind stable name in kebab-case; {@code type} is {@code /problems/<kind>}
   * @param title the kind in words; the same for every occurrence
   * @param status HTTP status: 400 for a parameter or a body that cannot be read, 422 for a body
   *     that can be read and asks for something wrong
   */
  public static HttpProblem.Builder of(String kind, String title, int status) {
    return HttpProblem.builder().withType(type(kind)).withTitle(title).withStatus(status);
  }

  /** 400: parameters or headers that are wrong, each with the reason. */
  public static HttpProblem badParameters(List<Violation> violations) {
    return of("bad-parameter", "A parameter is wrong", 400)
        .with(VIOLATIONS, List.copyOf(violations))
        .build();
  }

  /** 404: no such run is known. */
  public static HttpProblem unknownRun(String runId) {
    return of("unknown-run", "Unknown run", 404)
        .withDetail("No run has the id '" + runId + "'.")
        .build();
  }

  /**
   * 503: something that the service needs does not answer.
   *
   * @param retryAfter when to ask again, in whole seconds
   * @param cause goes to the log, never to the client
   */
  public static HttpProblem unavailable(
      String kind, String title, String detail, Duration retryAfter, Throwable cause) {
    HttpProblem problem = retryLater(of(kind, title, 503), retryAfter).withDetail(detail).build();
    problem.initCause(cause);
    return problem;
  }

  /** Tells the client when to ask again, in whole seconds. */
  public static HttpProblem.Builder retryLater(HttpProblem.Builder problem, Duration pause) {
    return problem.withHeader(RETRY_AFTER, pause.toSeconds());
  }

  static URI type(String kind) {
    return URI.create(TYPES + kind);
  }
}
