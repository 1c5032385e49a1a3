package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.DeadLetterRecord;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.UnreadableRecord;
import dev.wrinklefree.contract.topic.Topic;

/** Strangers may send anything; what the platform's services tell can be read. */
final class ReadableRule implements AuditRule {

  @Override
  public String code() {
    return "readable";
  }

  @Override
  public String promise() {
    return "every fact is an event of the contract, told by the topic's own service";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (event.isRequest()) {
      return;
    }
    findings.checked();
    if (!Producers.isOurs(event.topic(), event.attributes().source())) {
      findings.add(
          Severity.WRONG,
          "foreign-source",
          event.trace(),
          "It is told by %s, which is not the topic's own service."
              .formatted(event.attributes().source()));
    }
  }

  @Override
  public void unreadable(UnreadableRecord record, Findings findings) {
    if (isFact(record.topic())) {
      findings.checked();
      findings.add(
          Severity.WRONG,
          "unreadable-event",
          record.position(),
          "A fact cannot be read: %s.".formatted(record.reason()));
    }
  }

  @Override
  public void deadLetter(DeadLetterRecord letter, Findings findings) {
    if (isFact(letter.topic())) {
      findings.checked();
      findings.add(
          Severity.WRONG,
          "fact-set-aside",
          letter.position(),
          "A service could not handle a fact (%s): %s."
              .formatted(letter.origin(), letter.reason()));
    }
  }

  private static boolean isFact(Topic topic) {
    return topic != Topic.LAUNCH_REQUESTED && topic != Topic.CANCEL_REQUESTED;
  }
}
