package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;

/** The same (source, id) is the same event, and an id follows from run and sequence. */
final class IdentityRule implements AuditRule {

  @Override
  public String code() {
    return "identity";
  }

  @Override
  public String promise() {
    return "an event's id is <run>:<sequence>, and equal ids say the same in every attribute";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (!Producers.isOurs(event.topic(), event.attributes().source())) {
      return;
    }
    findings.checked();
    if (sighting == Sighting.CLASH) {
      findings.add(
          Severity.WRONG,
          "same-id-other-content",
          event.trace(),
          "An event of the same source and id said something else before.");
    }
    String expected = event.runId() + ":" + event.attributes().sequence();
    if (!event.attributes().id().equals(expected)) {
      findings.add(
          Severity.WRONG, "id-form", event.trace(), "Its id must be %s.".formatted(expected));
    }
  }
}
