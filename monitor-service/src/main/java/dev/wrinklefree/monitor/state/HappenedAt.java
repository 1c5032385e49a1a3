package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.monitor.state.Plan.TimeOrigin;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a change happened: SkyPilot's own time for it, where there is one that is new since the last
 * reading, else the time of the reading. Never before the event before it, so that intervals
 * between events are never negative; an earlier time of SkyPilot's becomes that event's time.
 *
 * @param time when
 * @param origin who says so
 */
record HappenedAt(Instant time, TimeOrigin origin) {

  /**
   * How far SkyPilot's clock may be ahead of ours. A time further in the future is a mistake, and
   * taking it would push all later events of the run into the future too.
   */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  static HappenedAt of(JobState state, JobTimes read, RecordedJob before, Instant readAt) {
    Instant source = newTime(state, read, before.times());
    return source == null || source.isAfter(readAt.plus(CLOCK_TOLERANCE))
        ? new HappenedAt(notBefore(before, readAt), TimeOrigin.OBSERVED)
        : new HappenedAt(notBefore(before, source), TimeOrigin.SKYPILOT);
  }

  /** The later of {@code time} and the time of the last event. */
  static Instant notBefore(RecordedJob before, Instant time) {
    Told told = before.told();
    return told != null && told.time().isAfter(time) ? told.time() : time;
  }

  /** A time that was there at the last reading belongs to an earlier change. */
  private static @Nullable Instant newTime(JobState state, JobTimes read, JobTimes before) {
    return switch (state) {
      case STARTING -> ifNew(read.submittedAt(), before.submittedAt());
      case RUNNING -> {
        Instant recovered = ifNew(read.lastRecoveredAt(), before.lastRecoveredAt());
        yield recovered == null ? ifNew(read.startAt(), before.startAt()) : recovered;
      }
      case SUCCEEDED,
          CANCELLED,
          FAILED,
          FAILED_SETUP,
          FAILED_PRECHECKS,
          FAILED_NO_RESOURCE,
          FAILED_CONTROLLER ->
          ifNew(read.endAt(), before.endAt());
      case PENDING, WINDING_DOWN, RECOVERING, CANCELLING, UNKNOWN -> null;
    };
  }

  private static @Nullable Instant ifNew(@Nullable Instant read, @Nullable Instant before) {
    return read == null || read.equals(before) ? null : read;
  }
}
