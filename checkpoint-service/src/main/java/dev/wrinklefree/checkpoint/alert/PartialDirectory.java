package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.checkpoint.diff.PrefixChange.Partial;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A directory that lacks objects, and since when nothing has changed in it.
 *
 * @param slot its name
 * @param present the objects that are there, each as {@code name#generation}
 * @param missing names of those that are not
 * @param looked what {@link Vigil#looked} was when it last changed
 * @param since when that was, by our clock
 */
record PartialDirectory(
    String slot, List<String> present, List<String> missing, Duration looked, Instant since) {

  /** Of one run, no more are followed: an alert names the oldest, and they come one by one. */
  private static final int MOST = 100;

  /** Copies the lists. */
  PartialDirectory {
    present = List.copyOf(present);
    missing = List.copyOf(missing);
  }

  /** For how much counted time nothing has changed. */
  Duration quiet(Vigil vigil) {
    return vigil.looked().minus(looked);
  }

  /**
   * What is known after a listing.
   *
   * @param before what was known before it
   * @param seen what it showed
   */
  static List<PartialDirectory> after(
      List<PartialDirectory> before, List<Partial> seen, Duration looked, Instant now) {
    Map<String, PartialDirectory> known =
        before.stream().collect(Collectors.toMap(PartialDirectory::slot, Function.identity()));
    return seen.stream()
        .sorted(Comparator.comparing(partial -> partial.slot().name()))
        .limit(MOST)
        .map(partial -> of(partial, looked, now))
        .map(
            fresh -> {
              PartialDirectory old = known.get(fresh.slot());
              return old != null && old.present().equals(fresh.present()) ? old : fresh;
            })
        .toList();
  }

  private static PartialDirectory of(Partial partial, Duration looked, Instant now) {
    return new PartialDirectory(
        partial.slot().name(),
        partial.present().stream().map(PartialDirectory::identity).toList(),
        partial.missing(),
        looked,
        now);
  }

  private static String identity(StoredObject object) {
    return object.name() + "#" + object.generation();
  }
}
