package dev.wrinklefree.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

  private static final int FORBIDDEN = Status.FORBIDDEN.getStatusCode();
  private static final int SERVER_ERROR = Status.INTERNAL_SERVER_ERROR.getStatusCode();

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    if (problem.getType() != null) {
      return problem;
    }
    int status = isOurJson(context.cause) ? SERVER_ERROR : problem.getStatusCode();
    String title = titleOf(status);
    return HttpProblem.builder(problem)
        .withType(Problems.type(title.toLowerCase(Locale.ROOT).replace(' ', '-')))
        .withTitle(title)
        .withStatus(status)
        .withDetail(detailOf(status))
        .build();
  }

  @Override
  public int priority() {
    return PRIORITY;
  }

  private static @Nullable String detailOf(int status) {
    if (status == FORBIDDEN) {
      return "The roles of this token do not allow it.";
    }
    return status >= SERVER_ERROR ? "The service's log has the cause." : null;
  }

  private static String titleOf(int status) {
    Status known = Status.fromStatusCode(status);
    return known == null ? "HTTP " + status : known.getReasonPhrase();
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
