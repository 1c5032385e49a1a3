package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one round says of one run. */
public sealed interface Finding {

  /**
   * When the round's reading began, by our clock: what the answer shows is at least as new. A
   * finding older than what is recorded says nothing.
   */
  Instant readAt();

  /**
   * The queue shows the run's job.
   *
   * @param row as SkyPilot has it
   * @param placement where its machines are, if that was asked for and is known
   */
  record Seen(JobRecord row, @Nullable Placement placement, Instant readAt) implements Finding {}

  /** The queue was read whole and does not have the run's job. */
  record Absent(Instant readAt) implements Finding {}

  /** The queue could not be read, or not far enough to tell. */
  record Unread(Instant readAt) implements Finding {}
}
