package dev.wrinklefree.rest;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of one request, and says of all of them at once what is wrong. */
public final class Parameters {

  /** Entries of a list where {@code limit} is absent. */
  public static final int DEFAULT_LIMIT = 100;

  /** The most entries of a list. */
  public static final int MAX_LIMIT = 1000;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final List<Violation> violations = new ArrayList<>();

  /**
   * The run id in a path, or empty if it is none. There is no run of that id then, so no violation
   * is noted.
   */
  public static Optional<RunId> pathRunId(String text) {
    return Optional.of(text).filter(RunId::isLegal).map(RunId::new);
  }

  /**
   * Reads {@code limit} where it is the only parameter.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if it is not a number from 1 to {@value
   *     #MAX_LIMIT}
   */
  public static int onlyLimit(@Nullable String text) {
    Parameters parameters = new Parameters();
    int limit = parameters.limit(text);
    parameters.check();
    return limit;
  }

  /**
   * {@code limit}: 1 to {@value #MAX_LIMIT}, {@value #DEFAULT_LIMIT} where it is absent or wrong.
   */
  public int limit(@Nullable String text) {
    return number("limit", text, DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  /** {@code runId} of a query, empty where it is absent or wrong. */
  public Optional<RunId> runId(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!RunId.isLegal(text)) {
      refuse("runId", "malformed-run-id", "run id must match " + RunId.PATTERN);
      return Optional.empty();
    }
    return Optional.of(new RunId(text));
  }

  /** {@code true} or {@code false}, empty where it is absent or wrong. */
  public Optional<Boolean> flag(String name, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!text.equals("true") && !text.equals("false")) {
      refuse(name, "not-a-flag", "must be true or false");
      return Optional.empty();
    }
    return Optional.of(text.equals("true"));
  }

  /** A whole number from {@code min}, which is not negative, to {@code max}. */
  public int number(String name, @Nullable String text, int otherwise, int min, int max) {
    if (text == null) {
      return otherwise;
    }
    if (NUMBER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    refuse(name, "not-in-range", "must be a whole number from %d to %d".formatted(min, max));
    return otherwise;
  }

  /** Notes what is wrong with a parameter that a service reads itself. */
  public void refuse(String name, String code, String message) {
    violations.add(new Violation(name, code, message));
  }

  /**
   * Ends the request if anything was wrong.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 with all violations
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw Problems.badParameters(violations);
    }
  }
}
