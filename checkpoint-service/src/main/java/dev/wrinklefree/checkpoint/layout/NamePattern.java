package dev.wrinklefree.checkpoint.layout;

import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.value.CheckpointLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way of naming a checkpoint, taken apart once. No regular expression: a name is compared with
 * the fixed text around the step, so that no layout and no name can make it slow.
 *
 * @param before what stands before the step, or all if there is none
 * @param after what stands behind the step; null if there is none
 * @param members of a directory, sorted; none for a single object
 * @param kind what such a checkpoint is
 */
record NamePattern(String before, @Nullable String after, List<String> members, Kind kind) {

  /** So many digits always fit a {@code long}; no trainer counts further. */
  private static final int MOST_DIGITS = 18;

  /** Takes it apart. */
  static NamePattern of(CheckpointLayout.Pattern pattern) {
    Kind kind = pattern.last() ? Kind.FINAL : Kind.STEP;
    List<String> members = pattern.members().stream().distinct().sorted().toList();
    String path = pattern.path();
    int at = path.indexOf(CheckpointLayout.STEP);
    return at < 0
        ? new NamePattern(path, null, members, kind)
        : new NamePattern(
            path.substring(0, at),
            path.substring(at + CheckpointLayout.STEP.length()),
            members,
            kind);
  }

  /**
   * The checkpoint that an object belongs to.
   *
   * @param prefix the run's
   * @param name the object's, which begins with the prefix
   */
  Optional<CheckpointSlot> slotOf(String prefix, String name) {
    if (members.isEmpty()) {
      return slot(prefix, name);
    }
    for (String member : members) {
      if (name.endsWith(member)) {
        Optional<CheckpointSlot> slot =
            slot(prefix, name.substring(0, name.length() - member.length()));
        if (slot.isPresent()) {
          return slot;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<CheckpointSlot> slot(String prefix, String path) {
    if (after == null) {
      return isBelow(prefix, path, path.length() - before.length())
          ? Optional.of(new CheckpointSlot(path, kind, null, members))
          : Optional.empty();
    }
    int digitsEnd = path.length() - after.length();
    if (digitsEnd <= prefix.length() || !path.endsWith(after)) {
      return Optional.empty();
    }
    int digits = digitsEnd;
    while (digits > prefix.length() && isDigit(path.charAt(digits - 1))) {
      digits--;
    }
    // What stands before the step may itself end with digits, which are not the step's.
    int from = digits + trailingDigits(before);
    if (from >= digitsEnd || !isBelow(prefix, path.substring(0, from), from - before.length())) {
      return Optional.empty();
    }
    return step(path.substring(from, digitsEnd))
        .map(step -> new CheckpointSlot(path, kind, step, members));
  }

  /**
   * Whether a path ends as this pattern begins, at a whole name, at any depth below the prefix: a
   * bulk copy keeps the trainer's own directories.
   */
  private boolean isBelow(String prefix, String path, int start) {
    return start >= prefix.length() && path.endsWith(before) && path.charAt(start - 1) == '/';
  }

  private static Optional<Long> step(String digits) {
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return digits.length() - zeros > MOST_DIGITS
        ? Optional.empty()
        : Optional.of(Long.valueOf(digits.substring(zeros)));
  }

  private static int trailingDigits(String text) {
    int count = 0;
    while (count < text.length() && isDigit(text.charAt(text.length() - 1 - count))) {
      count++;
    }
    return count;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
