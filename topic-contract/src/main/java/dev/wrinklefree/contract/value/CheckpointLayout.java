package dev.wrinklefree.contract.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run's checkpoints are named under its prefix.
 *
 * @param patterns tried in order, the first that fits counts
 */
public record CheckpointLayout(List<Pattern> patterns) {

  /** Stands for the step, decimal digits, leading zeros allowed. */
  public static final String STEP = "{step}";

  /**
   * What the Fairy2 trainer writes, and the single files that the Deployment Guide promises: {@code
   * checkpoint-1000/} of two objects, {@code checkpoint_step_1000.pt}.
   */
  public static final CheckpointLayout FAIRY2 =
      new CheckpointLayout(
          List.of(
              new Pattern("checkpoint-final/", List.of("model.pt", "training_state.pt"), true),
              new Pattern("checkpoint-{step}/", List.of("model.pt", "training_state.pt"), false),
              new Pattern("final_checkpoint.pt", List.of(), true),
              new Pattern("checkpoint_step_{step}.pt", List.of(), false)));

  /** Copies the list. */
  public CheckpointLayout {
    patterns = patterns == null ? List.of() : List.copyOf(patterns);
  }

  /** Whether a run that ends well writes a last checkpoint. */
  public boolean hasLast() {
    return patterns.stream().anyMatch(Pattern::last);
  }

  /**
   * One way of naming a checkpoint.
   *
   * @param path name relative to the run's prefix, with {@value CheckpointLayout#STEP} at most
   *     once; with a trailing slash it is a directory, else a single object
   * @param members objects that a directory has when it is complete; empty for a single object
   * @param last whether it is the final checkpoint of a run that ended well
   */
  public record Pattern(String path, List<String> members, boolean last) {

    /**
     * @throws IllegalArgumentException if the path is empty, leaves the prefix, holds the step
     *     twice, or members and trailing slash contradict each other
     */
    public Pattern {
      members = members == null ? List.of() : List.copyOf(members);
      @Nullable String wrong = wrong(path, members);
      if (wrong != null) {
        throw new IllegalArgumentException("the checkpoint path \"" + path + "\" " + wrong);
      }
    }

    /** Whether it is a directory of objects. */
    public boolean directory() {
      return path.endsWith("/");
    }

    private static @Nullable String wrong(String path, List<String> members) {
      if (path.isBlank() || path.startsWith("/") || path.contains("//") || path.contains("..")) {
        return "is no path below a prefix";
      }
      if (path.indexOf(STEP) != path.lastIndexOf(STEP)) {
        return "has more than one " + STEP;
      }
      if (path.endsWith("/") == members.isEmpty()) {
        return members.isEmpty() ? "is a directory without members" : "is an object with members";
      }
      return null;
    }
  }
}
