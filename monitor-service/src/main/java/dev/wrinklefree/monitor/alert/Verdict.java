package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.RunAlerted.Severity;
import java.util.Map;

/** What a detector finds. */
sealed interface Verdict {

  /** A person should look. */
  record Alarming(
      Severity severity, String message, String suggestion, Map<String, String> evidence)
      implements Verdict {}

  /** All is well. */
  record Well(String message) implements Verdict {}

  /** Nothing can be said now: what was said before stands. */
  record Undecided() implements Verdict {}
}
