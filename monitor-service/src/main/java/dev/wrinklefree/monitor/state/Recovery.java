package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a job has other machines than at the last reading, and whether ours are told. */
public final class Recovery {
  private Recovery() {}

  /**
   * Whether the job runs on machines that it did not have at the last reading: the count grew, or
   * it did not and the time of the last recovery did (SkyPilot has lost machines without counting).
   */
  static boolean happened(RecordedJob before, JobRecord row, JobState state) {
    Instant last = before.times().lastRecoveredAt();
    boolean uncounted =
        state == JobState.RUNNING && last != null && isNew(row.times().lastRecoveredAt(), last);
    return uncounted || (state.holdsMachines() && row.recoveryCount() > before.recoveries());
  }

  /**
   * Whether to ask where the machines are; the question is costly for SkyPilot. It is asked for
   * machines whose place was not told, and for a job that ended on machines that were never seen.
   */
  public static boolean placementIsWanted(RecordedJob recorded, JobRecord row) {
    RecordedJob before = recorded.inEpochOf(row);
    JobState state = StateWord.of(row.status());
    if (state.isTerminal()) {
      return !recorded.hasEnded()
          && (isNew(row.times().startAt(), before.times().startAt())
              || isNew(row.times().lastRecoveredAt(), before.times().lastRecoveredAt()));
    }
    Told told = recorded.told();
    return state.holdsMachines()
        && (told == null
            || !recorded.isSameEpoch(row)
            || !told.data().state().holdsMachines()
            || told.data().placement() == null
            || happened(before, row, state));
  }

  private static boolean isNew(@Nullable Instant read, @Nullable Instant before) {
    return read != null && !read.equals(before);
  }
}
