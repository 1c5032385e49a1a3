package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.rest.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems that only this service has. */
final class LaunchProblems {

  private static final Duration SOON = Duration.ofSeconds(5);

  private static final int FORBIDDEN = 403;

  private LaunchProblems() {}

  /** 400: the body is no JSON object. */
  static HttpProblem malformed(String detail) {
    return Problems.of("malformed-json", "The body is not a JSON object", 400)
        .withDetail(detail)
        .build();
  }

  /** 403: only its owner or an admin cancels a run. */
  static HttpProblem notTheOwner(RunId runId, @Nullable String owner) {
    String whose =
        owner == null
            ? "Nobody was authenticated when run %s was launched: only an admin may cancel it."
                .formatted(runId)
            : "Run %s belongs to '%s': only its owner or an admin may cancel it."
                .formatted(runId, owner);
    return Problems.of("not-the-owner", "The run is not yours", FORBIDDEN)
        .withDetail(whose)
        .build();
  }

  /** 403: only an admin launches for somebody else. */
  static HttpProblem notYourName(String owner, String caller) {
    return Problems.of("not-your-name", "The owner is somebody else", FORBIDDEN)
        .withDetail(
            "You are '%s': only an admin may launch a run that belongs to '%s'. Leave 'owner' out."
                .formatted(caller, owner))
        .build();
  }

  /** 409: the run id or the idempotency key belongs to another request. */
  static HttpProblem conflict(Violation violation) {
    return Problems.of("conflict", "It belongs to another request", 409)
        .withDetail(violation.message())
        .with(Problems.VIOLATIONS, List.of(violation))
        .build();
  }

  /** 413: the body is larger than an event may be. */
  static HttpProblem tooLarge() {
    return Problems.of("too-large", "The body is too large", 413)
        .withDetail("A request has at most " + EventCodec.MAX_DATA_BYTES + " bytes.")
        .build();
  }

  /** 422: the request is wrong. */
  static HttpProblem invalid(List<Violation> violations) {
    return Problems.of("invalid-request", "The request is invalid", 422)
        .with(Problems.VIOLATIONS, List.copyOf(violations))
        .build();
  }

  /** 503: the templates cannot be read just now. */
  static HttpProblem templatesUnreadable(Throwable cause) {
    return Problems.unavailable(
        "templates-unreadable",
        "The templates cannot be read",
        "A template's file could not be read just now.",
        SOON,
        cause);
  }

  /** 503: the broker did not take the event. */
  static HttpProblem brokerUnavailable(Throwable cause) {
    return Problems.unavailable(
        "broker-unavailable",
        "The broker does not answer",
        "It is not certain that the request was taken; the same Idempotency-Key makes it safe to"
            + " repeat.",
        SOON,
        cause);
  }
}
