package dev.wrinklefree.checkpoint.layout;

import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a bucket where a checkpoint is, or will be, or is overwritten.
 *
 * @param name the object's name, or the directory's with a trailing slash; unique in the bucket
 * @param kind one of a series, or the last
 * @param step the trainer's step; absent where the name has none
 * @param members what a directory holds, relative to it, sorted; none for a single object. The
 *     trainer writes them side by side, in no certain order and without a marker
 */
public record CheckpointSlot(String name, Kind kind, @Nullable Long step, List<String> members) {

  /** Copies the list. */
  public CheckpointSlot {
    members = List.copyOf(members);
  }

  /** One object or a directory. */
  public Layout layout() {
    return members.isEmpty() ? Layout.SINGLE_FILE : Layout.DIRECTORY;
  }

  /** The full names of the objects that must all be there, sorted. */
  public List<String> memberNames() {
    return members.isEmpty() ? List.of(name) : members.stream().map(name::concat).toList();
  }
}
