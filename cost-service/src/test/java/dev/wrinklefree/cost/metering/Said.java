package dev.wrinklefree.cost.metering;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's job states, written down one after the other; times are minutes after T0. */
public final class Said {

  /** The first minute of all tests. */
  public static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

  /** One H100 at Nebius. */
  public static final Placement NEBIUS =
      new Placement(
          "nebius",
          "eu-north1",
          null,
          "gpu-h100-sxm_1gpu-16vcpu-200gb",
          new Accelerators("H100", 1),
          true,
          1);

  /** One H100 at Google. */
  public static final Placement GCP =
      new Placement("gcp", "us-east4", null, "a3-highgpu-1g", new Accelerators("H100", 1), true, 1);

  private final List<Observation> said = new ArrayList<>();

  /** The instant {@code minutes} after T0. */
  public static Instant minute(long minutes) {
    return T0.plusSeconds(60 * minutes);
  }

  /** A state without attempt or placement. */
  public Said at(long minutes, JobState state) {
    return at(minutes, state, 1, null, null);
  }

  /** A state of the first attempt. */
  public Said at(long minutes, JobState state, @Nullable Placement placement) {
    return at(minutes, state, 1, placement, null);
  }

  /** A state of some attempt. */
  public Said at(long minutes, JobState state, int attempt, @Nullable Placement placement) {
    return at(minutes, state, attempt, placement, null);
  }

  /** A state, in full. */
  public Said at(
      long minutes,
      JobState state,
      int attempt,
      @Nullable Placement placement,
      @Nullable Long startedAtMinute) {
    long sequence = said.size() + 1L;
    said.add(
        new Observation(
            "/monitor-service/job-state my-run:" + sequence,
            sequence,
            minute(minutes),
            state,
            attempt,
            placement,
            startedAtMinute == null ? null : minute(startedAtMinute)));
    return this;
  }

  /** All that was said, in order. */
  public List<Observation> all() {
    return List.copyOf(said);
  }

  /** The time line that follows. */
  public Timeline timeline() {
    return Meter.read(said);
  }
}
