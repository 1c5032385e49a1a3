package dev.wrinklefree.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;

/**
 * Gives the problems that the library makes of exceptions the form of ours. Their detail is the
 * exception's message, which is written for those who know the source, so it stays in the log.
 */
@Singleton
class FrameworkProblems implements ProblemPostProcessor {

  /**
   * Before the library writes to the log (101), so that the log has the status that is answered.
   */
  private static final int PRIORITY = 102;

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    if (problem.getType() != null) {
      return problem;
    }
    HttpProblem.Builder form = HttpProblem.builder(problem);
    boolean ours = isOurJson(context.cause);
    int status = ours ? Status.INTERNAL_SERVER_ERROR.getStatusCode() : problem.getStatusCode();
    String title = ours ? Status.INTERNAL_SERVER_ERROR.getReasonPhrase() : problem.getTitle();
    String kind = title.toLowerCase(Locale.ROOT).replace(' ', '-');
    return form.withType(Problems.type(kind))
        .withTitle(title)
        .withStatus(status)
        .withDetail(
            status >= Status.INTERNAL_SERVER_ERROR.getStatusCode()
                ? "The service's log has the cause."
                : null)
        .build();
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  /**
   * The library takes all JSON errors for the client's. Those of a request's body come as a {@link
   * MismatchedInputException} or wrapped; any other arose from JSON that the service reads or
   * writes for itself.
   */
  private static boolean isOurJson(Throwable cause) {
    return cause instanceof JsonProcessingException && !(cause instanceof MismatchedInputException);
  }
}
