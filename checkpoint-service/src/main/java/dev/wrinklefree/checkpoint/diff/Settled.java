package dev.wrinklefree.checkpoint.diff;

import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A listing after which nothing was left to do: every object in it belongs to a checkpoint that is
 * complete and published, or to none. While all of them are still there, the next listing has to be
 * compared only as far as it shows more. Kept as digests of names and generations, eight bytes for
 * each object, since the listings of all runs together are large.
 *
 * <p>Nothing follows from a single name or from the order of names: an object that was written
 * late, at whatever place, is not among the digests and is looked at; one that was overwritten or
 * deleted makes the whole listing be compared.
 */
public final class Settled {

  /** Of FNV-1a for 64 bits. */
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  /** The finishing multipliers of MurmurHash3 for 64 bits: FNV alone mixes its last bytes badly. */
  private static final long MIX_1 = 0xff51afd7ed558ccdL;

  private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;
  private static final int HALF = 33;

  private final long[] sorted;

  private Settled(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * What is settled once a listing's changes are recorded.
   *
   * @param prefix the run's, which all names begin with
   * @param names which names make up a checkpoint of the run
   * @param listing all objects below the prefix
   * @param change what was recorded of it
   * @return empty if something in it is not: a checkpoint that is held back or lacks objects
   */
  public static Optional<Settled> of(
      String prefix, CheckpointNames names, Collection<StoredObject> listing, PrefixChange change) {
    if (!change.held().isEmpty() || !change.partial().isEmpty()) {
      return Optional.empty();
    }
    return isWhole(prefix, names, listing)
        ? Optional.of(new Settled(digests(prefix, listing)))
        : Optional.empty();
  }

  /**
   * What a listing shows beyond this.
   *
   * @return empty if something of this is gone or was overwritten
   */
  public Optional<List<StoredObject>> beyond(String prefix, Collection<StoredObject> listing) {
    List<StoredObject> more = new ArrayList<>();
    BitSet found = new BitSet(sorted.length);
    for (StoredObject object : listing) {
      int at = Arrays.binarySearch(sorted, digest(prefix, object));
      if (at < 0) {
        more.add(object);
      } else {
        found.set(at);
      }
    }
    return found.cardinality() == sorted.length ? Optional.of(more) : Optional.empty();
  }

  /**
   * This with what a listing showed beyond it and what was recorded of that.
   *
   * @return empty if something of that is not settled
   */
  public Optional<Settled> with(
      String prefix, CheckpointNames names, Collection<StoredObject> more, PrefixChange change) {
    if (more.isEmpty() && !change.waiting() && change.partial().isEmpty()) {
      return Optional.of(this);
    }
    return of(prefix, names, more, change)
        .map(
            added -> {
              long[] both = Arrays.copyOf(sorted, sorted.length + added.sorted.length);
              System.arraycopy(added.sorted, 0, both, sorted.length, added.sorted.length);
              Arrays.sort(both);
              return new Settled(both);
            });
  }

  /** How many objects it knows. */
  public int size() {
    return sorted.length;
  }

  /** Whether each directory is complete. What is left of one that is being deleted is not. */
  private static boolean isWhole(
      String prefix, CheckpointNames names, Collection<StoredObject> listing) {
    Map<CheckpointSlot, Set<String>> present = new HashMap<>();
    for (StoredObject object : listing) {
      if (object.size() > 0) {
        names
            .slotOf(prefix, object.name())
            .ifPresent(
                slot -> present.computeIfAbsent(slot, s -> new HashSet<>()).add(object.name()));
      }
    }
    return present.entrySet().stream()
        .allMatch(slot -> slot.getValue().containsAll(slot.getKey().memberNames()));
  }

  private static long[] digests(String prefix, Collection<StoredObject> listing) {
    return listing.stream().mapToLong(object -> digest(prefix, object)).sorted().toArray();
  }

  private static long digest(String prefix, StoredObject object) {
    String name = object.name();
    long hash = OFFSET_BASIS;
    for (int i = name.startsWith(prefix) ? prefix.length() : 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * PRIME;
    }
    hash = mixed(hash) ^ object.generation();
    return mixed(hash);
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> HALF)) * MIX_1;
    mixed = (mixed ^ (mixed >>> HALF)) * MIX_2;
    return mixed ^ (mixed >>> HALF);
  }
}
