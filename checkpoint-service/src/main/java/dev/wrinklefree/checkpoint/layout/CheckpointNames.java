package dev.wrinklefree.checkpoint.layout;

import dev.wrinklefree.contract.value.CheckpointLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the object names of a run whose checkpoints are named in a certain way. The patterns may
 * fit at any depth below the run's prefix, since a bulk copy keeps the trainer's output tree.
 */
public final class CheckpointNames {

  /** More than any trainer has; each object is compared with all of them. */
  private static final int MOST_PATTERNS = 32;

  /** More than any directory of a checkpoint that is not sharded. */
  private static final int MOST_MEMBERS = 64;

  /** Of an object's name, by Cloud Storage, in bytes; so no longer text can fit. */
  private static final int LONGEST = 1024;

  private final List<NamePattern> patterns;

  private CheckpointNames(List<NamePattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * The names of a layout.
   *
   * @param layout of the run. Null, where its launch tells of none: then the two ways are known in
   *     which Fairy2 writes, so that nothing that lies there is passed over
   * @throws IllegalArgumentException if it is larger than any layout can be, or has an empty member
   */
  public static CheckpointNames of(@Nullable CheckpointLayout layout) {
    CheckpointLayout known = layout == null ? CheckpointLayout.FAIRY2 : layout;
    if (known.patterns().size() > MOST_PATTERNS) {
      throw new IllegalArgumentException(
          "field checkpoints has more than " + MOST_PATTERNS + " patterns");
    }
    for (CheckpointLayout.Pattern pattern : known.patterns()) {
      if (pattern.members().size() > MOST_MEMBERS) {
        throw new IllegalArgumentException(
            "field checkpoints has a directory of more than " + MOST_MEMBERS + " members");
      }
      boolean odd =
          pattern.members().stream().anyMatch(m -> m.isBlank() || m.length() > LONGEST)
              || pattern.path().length() > LONGEST;
      if (odd) {
        throw new IllegalArgumentException("field checkpoints has a name that no object can have");
      }
    }
    return new CheckpointNames(known.patterns().stream().map(NamePattern::of).toList());
  }

  /**
   * The checkpoint that an object belongs to, by the first pattern that fits.
   *
   * @param prefix the run's, with a trailing slash; what is not below it belongs to no checkpoint
   *     of the run
   * @param objectName full object name
   * @return empty for temporary uploads and for all that is not part of a checkpoint
   */
  public Optional<CheckpointSlot> slotOf(String prefix, String objectName) {
    if (!objectName.startsWith(prefix)
        || TemporaryNames.isTemporary(objectName.substring(prefix.length()))) {
      return Optional.empty();
    }
    for (NamePattern pattern : patterns) {
      Optional<CheckpointSlot> slot = pattern.slotOf(prefix, objectName);
      if (slot.isPresent()) {
        return slot;
      }
    }
    return Optional.empty();
  }
}
