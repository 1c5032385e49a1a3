package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong, in the order it is found. */
final class Findings {

  /**
   * An answer is read by people: past this many, one more sentence says that there is more. It also
   * bounds the event that a hostile request can cause.
   */
  private static final int MAX = 100;

  private final List<Violation> violations = new ArrayList<>();
  private int left;

  void add(String field, Code code, String message) {
    add(field, code, () -> message);
  }

  /** The message is made only if it is listed: among thousands, that would take its time. */
  void add(String field, Code code, Supplier<String> message) {
    if (violations.size() < MAX) {
      violations.add(new Violation(field, code.word(), message.get()));
    } else {
      left++;
    }
  }

  boolean isEmpty() {
    return violations.isEmpty();
  }

  List<Violation> toList() {
    if (left == 0) {
      return List.copyOf(violations);
    }
    List<Violation> all = new ArrayList<>(violations);
    all.add(new Violation(null, Code.TOO_MANY.word(), left + " more violations are not listed"));
    return List.copyOf(all);
  }
}
