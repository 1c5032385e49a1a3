package dev.wrinklefree.checkpoint.layout;

import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads object names. Two layouts are in use: one object, as the Deployment Guide says ({@code
 * checkpoint_step_1000.pt}, {@code final_checkpoint.pt}), and a directory of two, as the trainer
 * writes it ({@code checkpoint-1000/{model.pt,training_state.pt}}, {@code checkpoint-final/…}).
 * Both may lie at any depth below the run's prefix, since a bulk copy keeps the trainer's output
 * tree.
 */
public final class CheckpointNames {

  /** Up to 18 digits always fit a {@code long}; no trainer counts further. */
  private static final String STEP = "([0-9]{1,18})";

  private static final Pattern STEP_FILE = Pattern.compile("checkpoint_step_" + STEP + "\\.pt");
  private static final String FINAL_FILE = "final_checkpoint.pt";
  private static final Pattern STEP_DIRECTORY = Pattern.compile("checkpoint-" + STEP);
  private static final String FINAL_DIRECTORY = "checkpoint-final";

  private CheckpointNames() {}

  /**
   * The checkpoint that an object belongs to.
   *
   * @param prefix the run's, with a trailing slash; what is not below it belongs to no checkpoint
   *     of the run
   * @param objectName full object name
   * @return empty for temporary uploads and for all that is not part of a checkpoint
   */
  public static Optional<CheckpointSlot> slotOf(String prefix, String objectName) {
    if (!objectName.startsWith(prefix)
        || TemporaryNames.isTemporary(objectName.substring(prefix.length()))) {
      return Optional.empty();
    }
    return singleFile(objectName, lastSegment(objectName))
        .or(() -> directory(prefix, objectName))
        .filter(slot -> slot.memberNames().contains(objectName));
  }

  private static Optional<CheckpointSlot> singleFile(String objectName, String file) {
    if (file.equals(FINAL_FILE)) {
      return Optional.of(new CheckpointSlot(objectName, Kind.FINAL, null, Layout.SINGLE_FILE));
    }
    return step(STEP_FILE, file)
        .map(step -> new CheckpointSlot(objectName, Kind.STEP, step, Layout.SINGLE_FILE));
  }

  private static Optional<CheckpointSlot> directory(String prefix, String objectName) {
    int end = objectName.lastIndexOf('/');
    if (end < prefix.length()) {
      return Optional.empty();
    }
    String path = objectName.substring(0, end);
    String directory = lastSegment(path);
    String slotName = path + "/";
    if (directory.equals(FINAL_DIRECTORY)) {
      return Optional.of(new CheckpointSlot(slotName, Kind.FINAL, null, Layout.DIRECTORY));
    }
    return step(STEP_DIRECTORY, directory)
        .map(step -> new CheckpointSlot(slotName, Kind.STEP, step, Layout.DIRECTORY));
  }

  private static Optional<Long> step(Pattern pattern, String segment) {
    Matcher matcher = pattern.matcher(segment);
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
