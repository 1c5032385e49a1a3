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
 * @param layout one object or a directory
 */
public record CheckpointSlot(String name, Kind kind, @Nullable Long step, Layout layout) {

  /** The trainer writes these two side by side, in no certain order and without a marker. */
  private static final List<String> DIRECTORY_MEMBERS = List.of("model.pt", "training_state.pt");

  /** The full names of the objects that must all be there, sorted. */
  public List<String> memberNames() {
    return switch (layout) {
      case SINGLE_FILE -> List.of(name);
      case DIRECTORY -> DIRECTORY_MEMBERS.stream().map(name::concat).toList();
    };
  }
}
