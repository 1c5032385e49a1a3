package dev.wrinklefree.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import java.util.StringJoiner;

/** Turns a service's RFC 9457 answer into one line. */
final class Problem {

  private static final int UNAUTHORIZED = 401;

  private Problem() {}

  /**
   * @param tokenSent whether the request carried a token
   */
  static WfException asException(
      Service service, int status, String body, ObjectMapper mapper, boolean tokenSent) {
    if (status == UNAUTHORIZED) {
      return new WfException(
          ExitCode.DENIED,
          service.serviceName()
              + (tokenSent ? " does not take this token" : " wants a token")
              + ": set WF_TOKEN or WF_TOKEN_FILE, or put it into ~/.config/wf/token");
    }
    int exitCode =
        switch (status) {
          case 403 -> ExitCode.DENIED;
          case 400, 409, 413, 415, 422 -> ExitCode.REJECTED;
          case 404 -> ExitCode.NOT_FOUND;
          default -> ExitCode.UNREACHABLE;
        };
    return new WfException(exitCode, line(service, status, body, mapper));
  }

  private static String line(Service service, int status, String body, ObjectMapper mapper) {
    JsonNode problem;
    try {
      problem = mapper.readTree(body);
    } catch (JsonProcessingException e) {
      return service.serviceName() + " answered with HTTP status " + status;
    }
    StringJoiner violations = new StringJoiner("; ");
    for (JsonNode violation : problem.path("violations")) {
      String field = violation.path("field").asText("");
      violations.add((field.isEmpty() ? "" : field + ": ") + violation.path("message").asText(""));
    }
    if (violations.length() > 0) {
      return violations.toString();
    }
    String detail = problem.path("detail").asText("");
    if (!detail.isEmpty()) {
      return detail;
    }
    String title = problem.path("title").asText("HTTP status " + status);
    return service.serviceName() + " answered: " + title;
  }
}
