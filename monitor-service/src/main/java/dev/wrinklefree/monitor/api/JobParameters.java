package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.rest.Parameters;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that only this service has. */
public final class JobParameters {

  private JobParameters() {}

  /** {@code true} or {@code false}; false where it is absent or wrong. */
  public static boolean flag(Parameters parameters, String name, @Nullable String text) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      parameters.refuse(name, "not-a-flag", "must be true or false");
    }
    return "true".equals(text);
  }

  /** {@code state} by its name in the contract; empty where it is absent or wrong. */
  static Optional<JobState> state(Parameters parameters, @Nullable String text) {
    Optional<JobState> state =
        Arrays.stream(JobState.values()).filter(s -> s.name().equals(text)).findFirst();
    if (text != null && state.isEmpty()) {
      parameters.refuse(
          "state", "unknown-state", "must be one of " + Arrays.toString(JobState.values()));
    }
    return state;
  }
}
