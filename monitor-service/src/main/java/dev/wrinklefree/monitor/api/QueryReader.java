package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, and says of all of them at once what is wrong. */
public final class QueryReader {
  private final List<Violation> violations = new ArrayList<>();

  /** A whole number within bounds; the default where it is not given or wrong. */
  public int number(String name, @Nullable String text, int otherwise, int min, int max) {
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the bounds.
    }
    violations.add(
        new Violation(
            name, "not-in-range", "must be a whole number from %d to %d".formatted(min, max)));
    return otherwise;
  }

  /** {@code true} or {@code false}; false where it is not given or wrong. */
  public boolean flag(String name, @Nullable String text) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      violations.add(new Violation(name, "not-a-flag", "must be true or false"));
    }
    return "true".equals(text);
  }

  /** A state by its name in the contract. */
  public Optional<JobState> state(String name, @Nullable String text) {
    Optional<JobState> state =
        Arrays.stream(JobState.values()).filter(s -> s.name().equals(text)).findFirst();
    if (text != null && state.isEmpty()) {
      violations.add(
          new Violation(
              name, "unknown-state", "must be one of " + Arrays.toString(JobState.values())));
    }
    return state;
  }

  /**
   * Ends the request if anything was wrong.
   *
   * @throws ProblemException 400 with all violations
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw ProblemException.badQuery(violations);
    }
  }
}
