package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.PrefixComparison;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix;
import dev.wrinklefree.checkpoint.diff.Settled;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares listings with what was recorded. Where all that the last listing showed is settled and
 * still there, only what is new is compared; in any other case the whole listing is, with all that
 * the database has of the run.
 */
final class ListingComparison {

  private final PrefixComparison comparison;
  private final CheckpointRepository checkpoints;
  private final SettledListings memory;

  ListingComparison(
      PrefixComparison comparison, CheckpointRepository checkpoints, SettledListings memory) {
    this.comparison = comparison;
    this.checkpoints = checkpoints;
    this.memory = memory;
  }

  /**
   * A comparison.
   *
   * @param change what it found
   * @param settled what will be settled once that is recorded; null unless all is
   */
  record Compared(PrefixChange change, @Nullable Settled settled) {}

  /** Compares. */
  Compared compare(WatchedRun run, List<StoredObject> listing, Instant now) {
    CheckpointNames names = CheckpointNames.of(run.layout());
    return memory
        .of(run.runId(), run.listings())
        .flatMap(settled -> compareBeyond(settled, run, names, listing, now))
        .orElseGet(() -> compareAll(run, names, listing, now));
  }

  /**
   * What was compared is recorded.
   *
   * @param listings how many listings of the run are recorded now
   */
  void recorded(WatchedRun run, Compared compared, long listings) {
    Settled settled = compared.settled();
    if (settled == null) {
      memory.forget(run.runId());
    } else {
      memory.remember(run.runId(), listings, settled);
    }
  }

  /** Empty where it leaves something unsettled: then the whole may say more. */
  private Optional<Compared> compareBeyond(
      Settled settled,
      WatchedRun run,
      CheckpointNames names,
      List<StoredObject> listing,
      Instant now) {
    String prefix = run.where().prefix();
    return settled
        .beyond(prefix, listing)
        .flatMap(
            added -> {
              RecordedPrefix recorded = publishedAt(run, names, added);
              PrefixChange change = comparison.compare(prefix, names, recorded, added, now);
              return settled
                  .with(prefix, names, added, change)
                  .map(after -> new Compared(change, after));
            });
  }

  private Compared compareAll(
      WatchedRun run, CheckpointNames names, List<StoredObject> listing, Instant now) {
    String prefix = run.where().prefix();
    PrefixChange change =
        comparison.compare(prefix, names, checkpoints.recorded(run.runId()), listing, now);
    return new Compared(change, Settled.of(prefix, names, listing, change).orElse(null));
  }

  /** None of these was there at the last listing; what they make up may have been before. */
  private RecordedPrefix publishedAt(
      WatchedRun run, CheckpointNames names, List<StoredObject> added) {
    Set<String> slots =
        added.stream()
            .flatMap(object -> names.slotOf(run.where().prefix(), object.name()).stream())
            .map(CheckpointSlot::name)
            .collect(Collectors.toSet());
    return slots.isEmpty() ? RecordedPrefix.empty() : checkpoints.publishedAt(run.runId(), slots);
  }
}
