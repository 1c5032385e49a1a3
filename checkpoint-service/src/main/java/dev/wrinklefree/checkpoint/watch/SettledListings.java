package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.diff.Settled;
import dev.wrinklefree.contract.value.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last listings of runs after which nothing was left to do, in this replica's memory. One holds
 * for as long as no other listing of its run was recorded, here or elsewhere; what is not
 * remembered is read from the database.
 */
final class SettledListings {

  private final long mostObjects;
  private final Map<RunId, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong objects = new AtomicLong();

  private record Entry(long listings, Settled settled) {}

  /**
   * @param mostObjects of all listings together; beyond it some are forgotten
   */
  SettledListings(long mostObjects) {
    this.mostObjects = mostObjects;
  }

  /**
   * What is remembered of a run.
   *
   * @param listings how many of its listings are recorded
   */
  Optional<Settled> of(RunId runId, long listings) {
    return Optional.ofNullable(entries.get(runId))
        .filter(entry -> entry.listings() == listings)
        .map(Entry::settled);
  }

  /** Remembers a listing that was recorded as that number. */
  void remember(RunId runId, long listings, Settled settled) {
    forget(runId);
    if (settled.size() > mostObjects) {
      return;
    }
    // Any that comes first, not the oldest: rounds over all runs would forget each before its turn.
    var others = entries.keySet().iterator();
    while (objects.get() + settled.size() > mostObjects && others.hasNext()) {
      forget(others.next());
    }
    Entry before = entries.put(runId, new Entry(listings, settled));
    objects.addAndGet(settled.size() - (before == null ? 0 : before.settled().size()));
  }

  /** Remembers nothing of a run. */
  void forget(RunId runId) {
    Entry before = entries.remove(runId);
    if (before != null) {
      objects.addAndGet(-before.settled().size());
    }
  }
}
