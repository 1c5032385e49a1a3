package dev.wrinklefree.monitor.state;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.JobStateChanged.Reason;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.monitor.state.Plan.TimeOrigin;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a finding means for a run. A state is told only when it was seen; nothing between
 * two readings is made up. What cannot be read becomes {@code UNKNOWN} after a while, and never a
 * failure. An end that was told stands until SkyPilot corrects it, or says otherwise for as long.
 */
public final class ChangePlanner {

  private final Duration unknownAfter;

  /**
   * @param unknownAfter how long a job may go unseen before it is told as {@code UNKNOWN}, counted
   *     from the first reading that missed it
   */
  public ChangePlanner(Duration unknownAfter) {
    if (unknownAfter.isNegative()) {
      throw new IllegalArgumentException("unknownAfter must not be negative");
    }
    this.unknownAfter = unknownAfter;
  }

  /** What to do about a finding. Pure: the same arguments give the same plan. */
  public Plan plan(RecordedJob recorded, Finding finding) {
    if (recorded.seenAt() != null && finding.readAt().isBefore(recorded.seenAt())) {
      return new Plan.Nothing();
    }
    return switch (finding) {
      case Finding.Seen seen -> planSeen(recorded, seen);
      case Finding.Absent ignored when recorded.hasEnded() -> planGone(recorded);
      case Finding.Absent absent -> planMissed(recorded, absent.readAt(), Reasons.JOB_ABSENT);
      case Finding.Unread unread -> planMissed(recorded, unread.readAt(), Reasons.QUEUE_UNREADABLE);
    };
  }

  private Plan planSeen(RecordedJob recorded, Finding.Seen seen) {
    JobRecord row = seen.row();
    if (isDoubtful(recorded, row) && !hasLasted(recorded.doubtedSince(), seen.readAt())) {
      return recorded.doubtedSince() == null
          ? new Plan.Remember(recorded.doubted(seen.readAt()))
          : new Plan.Nothing();
    }
    RecordedJob before = recorded.inEpochOf(row);
    // SkyPilot's count only grows; a smaller one is a row read while it was being written.
    int recoveries = Math.max(before.recoveries(), row.recoveryCount());
    JobState state = StateWord.of(row.status());
    String rawStatus = state == JobState.UNKNOWN ? row.statusText() : null;
    boolean recovered = Recovery.happened(before, row, state);
    Placement placement = placement(seen, state, recorded.told(), recovered);
    RecordedJob next = before.seen(row, recoveries, seen.readAt());

    Told told = recorded.told();
    boolean sameAttempt = recorded.isSameEpoch(row) && !recovered;
    if (told != null && sameAttempt && says(told.data(), state, rawStatus, recoveries)) {
      if (Objects.equals(told.data().placement(), placement)) {
        return unchanged(recorded, next);
      }
      // The machines have been there since the state was told; only now is it known where.
      Reason reason = told.data().reason();
      Instant unknownSince = told.data().unknownSince();
      JobStateChanged data = data(next, state, rawStatus, reason, placement, unknownSince);
      return tell(next, data, told.time(), TimeOrigin.EARLIER_EVENT);
    }
    Instant unknownSince = state == JobState.UNKNOWN ? seen.readAt() : null;
    Reason reason = Reasons.of(row, state, before, recovered);
    HappenedAt at = HappenedAt.of(state, row.times(), before, seen.readAt());
    JobStateChanged data = data(next, state, rawStatus, reason, placement, unknownSince);
    return tell(next, data, at.time(), at.origin());
  }

  /**
   * Whether a row contradicts an end that was told. SkyPilot corrects an end to {@code
   * FAILED_CONTROLLER} and to nothing else, so any other row is more likely an old answer than the
   * truth.
   */
  private static boolean isDoubtful(RecordedJob recorded, JobRecord row) {
    JobState state = StateWord.of(row.status());
    return recorded.hasEnded()
        && recorded.isSameEpoch(row)
        && state != JobState.FAILED_CONTROLLER
        && recorded.toldState().filter(told -> told == state).isEmpty();
  }

  private boolean hasLasted(@Nullable Instant since, Instant readAt) {
    return !readAt.isBefore((since == null ? readAt : since).plus(unknownAfter));
  }

  private Plan planMissed(RecordedJob recorded, Instant readAt, Reason reason) {
    if (recorded.jobId() == null) {
      return new Plan.Nothing();
    }
    Instant missedSince = recorded.missedSince() == null ? readAt : recorded.missedSince();
    RecordedJob next = recorded.missed(missedSince);
    boolean told = recorded.toldState().filter(s -> s == JobState.UNKNOWN).isPresent();
    if (told || recorded.hasEnded() || !hasLasted(missedSince, readAt)) {
      return recorded.missedSince() == null ? new Plan.Remember(next) : new Plan.Nothing();
    }
    // An end that comes to light later is after the last sighting, so UNKNOWN must not be later.
    Instant unknownSince = recorded.seenAt() == null ? missedSince : recorded.seenAt();
    Told last = recorded.told();
    Placement lastKnown = last == null ? null : last.data().placement();
    JobStateChanged data = data(next, JobState.UNKNOWN, null, reason, lastKnown, unknownSince);
    return tell(next, data, HappenedAt.notBefore(recorded, unknownSince), TimeOrigin.OBSERVED);
  }

  /** An ended job that is gone can tell no more. */
  private static Plan planGone(RecordedJob recorded) {
    RecordedJob settled = recorded.settled();
    return settled.equals(recorded) ? new Plan.Nothing() : new Plan.Remember(settled);
  }

  /** Where machines are, or where those were that the job ended on; what was told stays true. */
  private static @Nullable Placement placement(
      Finding.Seen seen, JobState state, @Nullable Told told, boolean recovered) {
    if (!state.holdsMachines() && !state.isTerminal()) {
      return null;
    }
    if (seen.placement() != null || told == null || recovered) {
      return seen.placement();
    }
    JobState toldState = told.data().state();
    boolean stillTrue = state.isTerminal() ? toldState.isTerminal() : toldState.holdsMachines();
    return stillTrue ? told.data().placement() : null;
  }

  private static boolean says(
      JobStateChanged told, JobState state, @Nullable String rawStatus, int recoveries) {
    return told.state() == state
        && Objects.equals(told.rawStatus(), rawStatus)
        && told.recoveries() == recoveries;
  }

  private static Plan unchanged(RecordedJob recorded, RecordedJob next) {
    boolean onlySeenAgain =
        recorded.missedSince() == null
            && recorded.doubtedSince() == null
            && recorded.times().equals(next.times())
            && Objects.equals(recorded.jobId(), next.jobId());
    return onlySeenAgain ? new Plan.Unchanged() : new Plan.Remember(next);
  }

  private static JobStateChanged data(
      RecordedJob next,
      JobState state,
      @Nullable String rawStatus,
      @Nullable Reason reason,
      @Nullable Placement placement,
      @Nullable Instant unknownSince) {
    return new JobStateChanged(
        next.runId(),
        next.jobId(),
        state,
        next.toldState().orElse(null),
        rawStatus,
        reason,
        next.recoveries() + 1,
        next.recoveries(),
        placement,
        next.times().startAt(),
        state.isTerminal() ? next.times().endAt() : null,
        unknownSince);
  }

  private static Plan tell(
      RecordedJob next, JobStateChanged data, Instant time, TimeOrigin timeOrigin) {
    return new Plan.Tell(next.telling(new Told(data, time)), data, time, timeOrigin);
  }
}
