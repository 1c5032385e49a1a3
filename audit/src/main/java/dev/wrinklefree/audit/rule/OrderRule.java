package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import java.util.HashMap;
import java.util.Map;

/** Per run and topic events are in order; only a repeat of a known event may come later. */
final class OrderRule implements AuditRule {

  private final Map<Stream, Last> streams = new HashMap<>();

  @Override
  public String code() {
    return "order";
  }

  @Override
  public String promise() {
    return "the events of a run on a topic are in order, in one partition";
  }

  private record Last(long sequence, Trace event) {}

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    Long sequence = event.attributes().sequence();
    if (sequence == null || !Producers.isOurs(event.topic(), event.attributes().source())) {
      return;
    }
    findings.checked();
    Last last = streams.get(Stream.of(event));
    if (last != null && last.event().position().partition() != event.position().partition()) {
      findings.add(
          Severity.WRONG,
          "two-partitions",
          event.trace(),
          "Another event of the run is in partition %d: they have no order."
              .formatted(last.event().position().partition()));
    } else if (sighting == Sighting.REPEAT) {
      findings.add(Severity.REPEATED, "repeated", event.trace(), "The event has been told before.");
    } else if (last != null && sequence < last.sequence()) {
      findings.add(
          Severity.WRONG,
          "out-of-order",
          event.trace(),
          "Number %d comes after number %d at %s."
              .formatted(sequence, last.sequence(), last.event().position()));
    }
    if (last == null || sequence > last.sequence()) {
      streams.put(Stream.of(event), new Last(sequence, event.trace()));
    }
  }
}
