package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.rest.Parameters;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that only this service has. */
public final class JobParameters {

  private JobParameters() {}

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
