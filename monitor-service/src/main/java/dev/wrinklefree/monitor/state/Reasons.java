package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged.Reason;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import org.jspecify.annotations.Nullable;

/** Why a state was reached, as far as SkyPilot's record of the job tells. */
final class Reasons {
  static final Reason QUEUE_UNREADABLE =
      new Reason("queue-unreadable", "SkyPilot's queue could not be read");
  static final Reason JOB_ABSENT =
      new Reason("job-absent", "SkyPilot's queue does not have the job");

  /** Characters of SkyPilot's text that are kept: a failure reason can be a whole traceback. */
  private static final int MAX_TEXT = 2_000;

  private Reasons() {}

  /** The reason of a state that a queue row shows; null where there is nothing to explain. */
  static @Nullable Reason of(JobRecord row, JobState state, RecordedJob before, boolean recovered) {
    return switch (state) {
      case STARTING, WINDING_DOWN, SUCCEEDED -> null;
      case PENDING ->
          before.toldState().filter(s -> s != JobState.PENDING).isPresent()
              ? reason(row, "launch-backoff", "SkyPilot waits before it tries again to launch")
              : null;
      case RUNNING ->
          recovered ? reason(row, "recovered", "The job runs again on other machines") : null;
      case RECOVERING ->
          onSpot(row, before)
              ? reason(row, "preempted", "The spot machines were lost; others are being sought")
              : reason(row, "machines-lost", "The machines were lost; others are being sought");
      case CANCELLING, CANCELLED -> reason(row, "cancelled", "A cancel was asked for");
      case FAILED -> reason(row, "user-code-failed", "The job's own code failed");
      case FAILED_SETUP -> reason(row, "setup-failed", "The task's setup failed");
      case FAILED_PRECHECKS ->
          reason(row, "prechecks-failed", "The task is infeasible, invalid or lacks credentials");
      case FAILED_NO_RESOURCE -> reason(row, "no-resources", "No cloud had the machines");
      case FAILED_CONTROLLER ->
          reason(row, "controller-failed", "SkyPilot's controller of the job failed");
      case UNKNOWN -> new Reason("unknown-status", "SkyPilot says a status that is not known here");
    };
  }

  private static Reason reason(JobRecord row, String code, String otherwise) {
    String text = row.failureReason();
    return new Reason(code, text == null || text.isBlank() ? otherwise : shortened(text.strip()));
  }

  private static String shortened(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = MAX_TEXT - 1;
    // Half of a character outside the basic plane is no character: UTF-8 has no form for it.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** What ran counts before what was asked for. */
  private static boolean onSpot(JobRecord row, RecordedJob before) {
    Told told = before.told();
    Placement placement = told == null ? null : told.data().placement();
    return placement == null ? row.placement().spot() : placement.spot();
  }
}
