package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.alert.AlertPublisher;
import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.registry.ListingPace.Activity;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.checkpoint.watch.ListingComparison.Compared;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Records what a listing showed and appends its events to the outbox: a checkpoint and its event in
 * one transaction, many checkpoints in several.
 */
@ApplicationScoped
public class CheckpointPublisher {

  private final RunRepository runs;
  private final CheckpointRepository checkpoints;
  private final AlertPublisher alerts;
  private final Outbox outbox;
  private final ListingComparison comparison;
  private final ListingPace pace;
  private final Clock clock;
  private final int checkpointsPerTransaction;
  private final Duration leastGap;

  CheckpointPublisher(
      RunRepository runs,
      CheckpointRepository checkpoints,
      AlertPublisher alerts,
      Outbox outbox,
      ListingComparison comparison,
      ListingPace pace,
      Clock clock,
      WatchConfig config) {
    this.runs = runs;
    this.checkpoints = checkpoints;
    this.alerts = alerts;
    this.outbox = outbox;
    this.comparison = comparison;
    this.pace = pace;
    this.clock = clock;
    this.checkpointsPerTransaction = config.checkpointsPerTransaction();
    this.leastGap = config.leastGap();
  }

  /**
   * Records a listing. If the process ends in between, what is not recorded yet is found again by
   * the next listing.
   *
   * @param run as it was read before the listing began
   * @param listing all objects below the run's prefix
   * @param begunAt when the listing began
   * @return the checkpoints that are published with this; empty if another listing was recorded
   *     since the run was read, and this one was dropped
   */
  public Optional<List<CheckpointWritten>> record(
      WatchedRun run, List<StoredObject> listing, Instant begunAt) {
    Compared compared = comparison.compare(run, listing, now());
    List<PrefixChange> parts = compared.change().parts(checkpointsPerTransaction);
    List<CheckpointWritten> published = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      // Each part counts as a listing, so that two replicas never record parts of one in turn.
      Part part = new Part(run, parts.get(i), run.listings() + i, i == parts.size() - 1);
      Optional<List<CheckpointWritten>> recorded =
          QuarkusTransaction.requiringNew().call(() -> record(part, begunAt));
      if (recorded.isEmpty()) {
        return published.isEmpty() ? Optional.empty() : Optional.of(published);
      }
      published.addAll(recorded.get());
    }
    comparison.recorded(run, compared, run.listings() + parts.size());
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
    if (runs.lock(run.runId(), run.listings())) {
      Activity activity = new Activity(run.job(), run.lastChangeAt(), run.failures() + 1, false);
      runs.failed(run.runId(), code, begunAt, pace.next(activity, begunAt).orElse(null));
    }
  }

  private record Part(WatchedRun run, PrefixChange change, long listings, boolean last) {}

  private Optional<List<CheckpointWritten>> record(Part part, Instant begunAt) {
    WatchedRun run = part.run();
    if (!runs.lock(run.runId(), part.listings())) {
      return Optional.empty();
    }
    Instant now = now();
    checkpoints.record(run.runId(), part.change(), now);
    SequencedMap<String, CheckpointWritten> published = new LinkedHashMap<>();
    for (Completed completed : part.change().completed()) {
      CheckpointWritten checkpoint = checkpoint(run, completed, now);
      published.put(completed.slot().name(), checkpoint);
      outbox.append(
          new OutboundEvent(
              run.runId(),
              checkpoint,
              checkpoint.writtenAt(),
              now,
              run.cause().correlationId(),
              run.cause().eventId(),
              run.cause().traceParent()));
    }
    checkpoints.add(published);
    Optional<Duration> alertDue = alerts.looked(run, part.change(), begunAt, part.last(), now);
    Instant lastChangeAt = part.change().isChange() ? now : run.lastChangeAt();
    Activity activity = new Activity(run.job(), lastChangeAt, 0, part.change().waiting());
    // Another replica may begin a listing once this one must have ended.
    Optional<Instant> next =
        pace.next(activity, part.last() ? begunAt : now)
            .map(planned -> earlier(planned, alertDue.map(begunAt::plus).orElse(planned)));
    runs.listed(run, begunAt, lastChangeAt, next.orElse(null), begunAt.plus(leastGap));
    return Optional.of(List.copyOf(published.values()));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** What PostgreSQL keeps: the event's data and its attributes then say the same. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
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
