package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.diff.PrefixComparison;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.registry.ListingPace.Activity;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records what a listing showed and appends its events to the outbox, in one transaction. */
@ApplicationScoped
public class CheckpointPublisher {

  private final RunRepository runs;
  private final CheckpointRepository checkpoints;
  private final Outbox outbox;
  private final PrefixComparison comparison;
  private final ListingPace pace;
  private final Clock clock;

  CheckpointPublisher(
      RunRepository runs,
      CheckpointRepository checkpoints,
      Outbox outbox,
      PrefixComparison comparison,
      ListingPace pace,
      Clock clock) {
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.outbox = outbox;
    this.comparison = comparison;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * Records a listing.
   *
   * @param run as it was read before the listing began
   * @param listing all objects below the run's prefix
   * @param begunAt when the listing began
   * @return the checkpoints that are published with this; empty if another listing was recorded
   *     since the run was read, and this one was dropped
   */
  @Transactional
  public Optional<List<CheckpointWritten>> record(
      WatchedRun run, List<StoredObject> listing, Instant begunAt) {
    if (!runs.lock(run)) {
      return Optional.empty();
    }
    // What PostgreSQL keeps: the event's data and its attributes then say the same.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    PrefixChange change =
        comparison.compare(run.where().prefix(), checkpoints.recorded(run.runId()), listing, now);
    checkpoints.record(run.runId(), change, now);
    List<CheckpointWritten> published = new ArrayList<>();
    for (Completed completed : change.completed()) {
      CheckpointWritten checkpoint = checkpoint(run, completed, now);
      checkpoints.add(completed.slot().name(), checkpoint);
      outbox.append(
          new OutboundEvent(
              run.runId(),
              checkpoint,
              checkpoint.writtenAt(),
              now,
              run.cause().correlationId(),
              run.cause().eventId(),
              run.cause().traceParent()));
      published.add(checkpoint);
    }
    Instant lastChangeAt = change.isChange() ? now : run.lastChangeAt();
    Activity activity = new Activity(run.live(), lastChangeAt, 0, change.waiting());
    runs.listed(run.runId(), begunAt, lastChangeAt, pace.next(activity, begunAt).orElse(null));
    return Optional.of(published);
  }

  /**
   * Records that a listing failed: nothing is concluded, and the next is made later.
   *
   * @param run as it was read before the listing began
   * @param code why it failed
   * @param begunAt when it began
   */
  @Transactional
  public void recordFailure(WatchedRun run, String code, Instant begunAt) {
    if (runs.lock(run)) {
      Activity activity = new Activity(run.live(), run.lastChangeAt(), run.failures() + 1, false);
      runs.failed(run.runId(), code, pace.next(activity, begunAt).orElse(null));
    }
  }

  private static CheckpointWritten checkpoint(WatchedRun run, Completed completed, Instant now) {
    CheckpointSlot slot = completed.slot();
    return new CheckpointWritten(
        run.runId(),
        slot.kind(),
        slot.step(),
        slot.layout(),
        run.where().uriOf(slot.name()),
        completed.revision(),
        completed.objects(),
        completed.totalBytes(),
        completed.writtenAt(),
        now);
  }
}
