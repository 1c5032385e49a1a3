package dev.wrinklefree.checkpoint.diff;

import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What has to be recorded and published after a listing.
 *
 * @param appeared members that are new or have a new generation
 * @param vanished names of members that are gone
 * @param completed checkpoints to publish, in the order in which they were written
 * @param held overwritten checkpoints that are held back until their save has ended
 * @param partial directories of which some objects are there and others were never
 */
public record PrefixChange(
    List<StoredObject> appeared,
    List<String> vanished,
    List<Completed> completed,
    List<CheckpointSlot> held,
    List<Partial> partial) {

  /** Copies the lists. */
  public PrefixChange {
    appeared = List.copyOf(appeared);
    vanished = List.copyOf(vanished);
    completed = List.copyOf(completed);
    held = List.copyOf(held);
    partial = List.copyOf(partial);
  }

  /** Whether a checkpoint is being held back. */
  public boolean waiting() {
    return !held.isEmpty();
  }

  /**
   * The same in parts that are recorded one after the other, each small enough for a transaction.
   * Whatever is not recorded is found again by the next comparison.
   *
   * @param size most entries of each list in a part, at least 1
   * @return at least one part
   */
  public List<PrefixChange> parts(int size) {
    int longest = Math.max(completed.size(), Math.max(appeared.size(), vanished.size()));
    List<PrefixChange> parts = new ArrayList<>();
    for (int from = 0; from == 0 || from < longest; from += size) {
      int to = from + size;
      parts.add(
          new PrefixChange(
              part(appeared, from, to),
              part(vanished, from, to),
              part(completed, from, to),
              held,
              partial));
    }
    return parts;
  }

  private static <T> List<T> part(List<T> all, int from, int to) {
    return all.subList(Math.min(from, all.size()), Math.min(to, all.size()));
  }

  /** Whether the bucket holds something else than at the last listing. */
  public boolean isChange() {
    return !appeared.isEmpty() || !vanished.isEmpty() || !completed.isEmpty();
  }

  /**
   * A directory that is not complete. One that was complete and is being deleted is none.
   *
   * @param slot where it is
   * @param present the objects that are there, by name
   * @param missing the names of those that are not
   */
  public record Partial(CheckpointSlot slot, List<StoredObject> present, List<String> missing) {

    /** Copies the lists. */
    public Partial {
      present = List.copyOf(present);
      missing = List.copyOf(missing);
    }
  }

  /**
   * A complete checkpoint that was not published yet.
   *
   * @param slot where it is
   * @param revision 1 for the first of this slot
   * @param objects all of its objects, by name
   */
  public record Completed(CheckpointSlot slot, int revision, List<StoredObject> objects) {

    static final Comparator<Completed> BY_TIME =
        Comparator.comparing(Completed::writtenAt)
            .thenComparing(completed -> completed.slot().name());

    /** Copies the list. */
    public Completed {
      objects = List.copyOf(objects);
    }

    /** When its last object was finalised, by Google's clock. */
    public Instant writtenAt() {
      return objects.stream().map(StoredObject::writtenAt).max(Instant::compareTo).orElseThrow();
    }

    /** Sum of the objects' sizes. */
    public long totalBytes() {
      return objects.stream().mapToLong(StoredObject::size).sum();
    }
  }
}
