package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.alert.AlertPublisher;
import dev.wrinklefree.checkpoint.alert.AlertPublisher.Look;
import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository.Publication;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.registry.ListingPace.Activity;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.RunRepository.Success;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.checkpoint.watch.ListingComparison.Compared;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records what listings showed and appends their events to the outbox: a checkpoint and its event
 * in one transaction, many checkpoints in several, and small findings of many runs in one.
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
   * A listing that was compared with what was recorded.
   *
   * @param run as it was read before the listing began
   * @param begunAt when the listing began
   * @param compared what it showed
   * @param parts the same, each small enough for a transaction
   */
  record Finding(WatchedRun run, Instant begunAt, Compared compared, List<PrefixChange> parts) {

    /** Whether one transaction is enough, also together with others. */
    boolean isSmall() {
      return parts.size() == 1;
    }
  }

  /**
   * Compares a listing with what was recorded.
   *
   * @param run as it was read before the listing began
   * @param listing all objects below the run's prefix
   * @param begunAt when the listing began
   */
  Finding compare(WatchedRun run, List<StoredObject> listing, Instant begunAt) {
    Compared compared = comparison.compare(run, listing, now());
    return new Finding(run, begunAt, compared, compared.change().parts(checkpointsPerTransaction));
  }

  /**
   * Records what was found. If the process ends in between, what is not recorded yet is found again
   * by the next listing.
   *
   * @return the checkpoints that are published with this; empty if another listing was recorded
   *     since the run was read, and this one was dropped
   */
  Optional<List<CheckpointWritten>> record(Finding finding) {
    WatchedRun run = finding.run();
    int parts = finding.parts().size();
    List<CheckpointWritten> published = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      // Each part counts as a listing, so that two replicas never record parts of one in turn.
      Part part =
          new Part(
              run, finding.begunAt(), finding.parts().get(i), run.listings() + i, i == parts - 1);
      List<CheckpointWritten> recorded = recordTogether(List.of(part)).get(run.runId());
      if (recorded == null) {
        return published.isEmpty() ? Optional.empty() : Optional.of(published);
      }
      published.addAll(recorded);
    }
    comparison.recorded(run, finding.compared(), run.listings() + parts);
    return Optional.of(published);
  }

  /**
   * Records what was found of different runs, in one transaction.
   *
   * @param findings small ones
   * @return the checkpoints that are published with this, by run; a run is not among them if
   *     another listing of it was recorded since it was read
   */
  Map<RunId, List<CheckpointWritten>> record(List<Finding> findings) {
    Map<RunId, List<CheckpointWritten>> published =
        recordTogether(
            findings.stream()
                .map(
                    finding ->
                        new Part(
                            finding.run(),
                            finding.begunAt(),
                            finding.parts().getFirst(),
                            finding.run().listings(),
                            true))
                // Transactions that lock several runs do so in one order.
                .sorted(Comparator.comparing(part -> part.run().runId().value()))
                .toList());
    for (Finding finding : findings) {
      if (published.containsKey(finding.run().runId())) {
        comparison.recorded(finding.run(), finding.compared(), finding.run().listings() + 1);
      }
    }
    return published;
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

  private record Part(
      WatchedRun run, Instant begunAt, PrefixChange change, long listings, boolean last) {

    RunId runId() {
      return run.runId();
    }
  }

  private Map<RunId, List<CheckpointWritten>> recordTogether(List<Part> parts) {
    return QuarkusTransaction.requiringNew().call(() -> recordLocked(parts));
  }

  private Map<RunId, List<CheckpointWritten>> recordLocked(List<Part> all) {
    Set<RunId> locked =
        runs.lock(all.stream().collect(Collectors.toMap(Part::runId, Part::listings)));
    List<Part> parts = all.stream().filter(part -> locked.contains(part.runId())).toList();
    if (parts.isEmpty()) {
      return Map.of();
    }
    Instant now = now();
    checkpoints.record(parts.stream().collect(Collectors.toMap(Part::runId, Part::change)), now);
    Map<RunId, List<CheckpointWritten>> published = new HashMap<>();
    List<Publication> publications = new ArrayList<>();
    List<OutboundEvent> events = new ArrayList<>();
    for (Part part : parts) {
      List<CheckpointWritten> ofRun = new ArrayList<>();
      for (Completed completed : part.change().completed()) {
        CheckpointWritten checkpoint = checkpoint(part.run(), completed, now);
        events.add(event(part.run(), checkpoint, now));
        publications.add(new Publication(completed.slot().name(), checkpoint));
        ofRun.add(checkpoint);
      }
      published.put(part.runId(), List.copyOf(ofRun));
    }
    outbox.appendAll(events);
    checkpoints.add(publications);
    Map<RunId, Duration> alertsDue =
        alerts.looked(
            parts.stream()
                .map(part -> new Look(part.run(), part.change(), part.begunAt(), part.last()))
                .toList(),
            now);
    runs.listed(
        parts.stream().map(part -> success(part, alertsDue.get(part.runId()), now)).toList());
    return published;
  }

  private Success success(Part part, @Nullable Duration alertDue, Instant now) {
    Instant begunAt = part.begunAt();
    Instant lastChangeAt = part.change().isChange() ? now : part.run().lastChangeAt();
    Activity activity = new Activity(part.run().job(), lastChangeAt, 0, part.change().waiting());
    // Another replica may begin a listing once this one must have ended.
    Optional<Instant> next =
        pace.next(activity, part.last() ? begunAt : now)
            .map(planned -> alertDue == null ? planned : earlier(planned, begunAt.plus(alertDue)));
    return new Success(
        part.run(), begunAt, lastChangeAt, next.orElse(null), begunAt.plus(leastGap));
  }

  private static OutboundEvent event(WatchedRun run, CheckpointWritten checkpoint, Instant now) {
    return new OutboundEvent(
        run.runId(),
        checkpoint,
        checkpoint.writtenAt(),
        now,
        run.cause().correlationId(),
        run.cause().eventId(),
        run.cause().traceParent());
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
