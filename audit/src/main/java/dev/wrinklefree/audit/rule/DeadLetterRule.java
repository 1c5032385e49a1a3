package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.DeadLetterRecord;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.audit.history.UnreadableRecord;
import dev.wrinklefree.contract.topic.Topic;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What cannot be read is set aside with the reason, as it is. */
final class DeadLetterRule implements AuditRule {

  private final AuditScope scope;
  private final Map<Position, UnreadableRecord> unreadable = new LinkedHashMap<>();
  private final Map<Position, DeadLetterRecord> letters = new HashMap<>();

  DeadLetterRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "dead-letter";
  }

  @Override
  public String promise() {
    return "every request that cannot be read is in the dead-letter topic, unchanged";
  }

  @Override
  public void unreadable(UnreadableRecord record, Findings findings) {
    if (record.topic() == Topic.LAUNCH_REQUESTED || record.topic() == Topic.CANCEL_REQUESTED) {
      unreadable.put(record.position(), record);
    }
  }

  @Override
  public void deadLetter(DeadLetterRecord letter, Findings findings) {
    if (letter.origin() == null) {
      findings.add(
          Severity.WRONG,
          "dead-letter-without-origin",
          letter.position(),
          "A dead letter does not say which record it was.");
    } else if (letters.putIfAbsent(letter.origin(), letter) != null) {
      // Facts are read by several services, each of which may set the same record aside.
      if (letter.topic() == Topic.LAUNCH_REQUESTED || letter.topic() == Topic.CANCEL_REQUESTED) {
        findings.add(
            Severity.REPEATED,
            "dead-letter-repeated",
            letter.position(),
            "Record %s was set aside before.".formatted(letter.origin()));
      }
    }
  }

  @Override
  public void finish(Findings findings) {
    unreadable.values().forEach(record -> judge(record, findings));
  }

  private void judge(UnreadableRecord record, Findings findings) {
    findings.checked();
    DeadLetterRecord letter = letters.get(record.position());
    if (letter != null) {
      if (!letter.value().equals(record.value())) {
        findings.add(
            Severity.WRONG,
            "dead-letter-altered",
            letter.position(),
            "The dead letter's value is not that of %s.".formatted(record.position()));
      }
    } else if (scope.isYoung(record.storedAt())) {
      findings.add(
          Severity.PENDING, "dead-letter-missing", record.position(), missing(record, "not yet"));
    } else if (scope
        .retention()
        .mayHaveDeleted(record.topic().deadLetterName(), record.storedAt())) {
      findings.unjudged();
    } else {
      findings.add(Severity.LOST, "dead-letter-missing", record.position(), missing(record, "not"));
    }
  }

  private static String missing(UnreadableRecord record, String when) {
    return "A request that cannot be read (%s) is %s among the dead letters."
        .formatted(record.reason(), when);
  }
}
