package dev.wrinklefree.skypilot.failure;

import java.util.List;
import java.util.stream.Collectors;

/** Why the server would refuse the same call again. Texts are free of terminal colour codes. */
public sealed interface Refusal {

  /** One sentence for people and logs. */
  String describe();

  /** No or wrong credentials: 401, a redirect to a login page, or the login page itself. */
  record NeedsAuthentication(String message) implements Refusal {
    @Override
    public String describe() {
      return "SkyPilot needs authentication: " + message;
    }
  }

  /** The identity is known and its role does not allow the call (403). */
  record Forbidden(String message) implements Refusal {
    @Override
    public String describe() {
      return "SkyPilot forbids this call: " + message;
    }
  }

  /** Client and server are too far apart in API version. */
  record VersionMismatch(String message) implements Refusal {
    @Override
    public String describe() {
      return "SkyPilot's API version does not fit: " + message;
    }
  }

  /** The body did not pass the server's validation (422). */
  record InvalidRequest(List<FieldProblem> problems) implements Refusal {
    public InvalidRequest {
      problems = List.copyOf(problems);
    }

    @Override
    public String describe() {
      return "SkyPilot found the request invalid: "
          + problems.stream().map(FieldProblem::describe).collect(Collectors.joining("; "));
    }
  }

  /** The request ran and raised; {@code type} is the Python class name, e.g. {@code ValueError}. */
  record ServerError(String type, String message) implements Refusal {
    @Override
    public String describe() {
      return "SkyPilot answered " + type + ": " + message;
    }
  }

  /** Any other status that repeating will not change. */
  record Rejected(int status, String message) implements Refusal {
    @Override
    public String describe() {
      return "SkyPilot answered HTTP " + status + ": " + message;
    }
  }

  /** What answers is no SkyPilot API server, or speaks it in a way that cannot be read. */
  record NotUnderstood(String message) implements Refusal {
    @Override
    public String describe() {
      return "The answer is not one of a SkyPilot API server: " + message;
    }
  }

  /**
   * One field that failed validation.
   *
   * @param field dotted path in the body, e.g. {@code body.task}
   * @param message the server's words; the refused input itself is left out, it may hold secrets
   */
  record FieldProblem(String field, String message) {
    String describe() {
      return field.isEmpty() ? message : field + ": " + message;
    }
  }
}
