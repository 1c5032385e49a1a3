package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Sequence numbers count from 1 without gaps, so that a subscriber can prove it missed nothing. */
final class SequenceRule implements AuditRule {

  private final AuditScope scope;
  private final Map<Stream, Numbers> streams = new LinkedHashMap<>();

  SequenceRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "sequence";
  }

  @Override
  public String promise() {
    return "sequence counts from 1 without gaps per source and run";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (!Producers.isOurs(event.topic(), event.attributes().source())) {
      return;
    }
    findings.checked();
    Long sequence = event.attributes().sequence();
    if (sequence == null) {
      findings.add(Severity.WRONG, "sequence-absent", event.trace(), "It has no sequence number.");
      return;
    }
    streams
        .computeIfAbsent(Stream.of(event), stream -> new Numbers(startOf(event)))
        .take(sequence, event.trace());
  }

  /** Where older records were deleted, the first that is left may have any number. */
  private long startOf(EventRecord event) {
    Long sequence = event.attributes().sequence();
    return sequence != null && scope.retention().isTruncated(event.topic()) ? sequence : 1;
  }

  @Override
  public void finish(Findings findings) {
    streams.forEach(
        (stream, numbers) ->
            numbers.gaps.forEach(
                (from, gap) ->
                    findings.add(
                        Severity.LOST,
                        "sequence-gap",
                        gap.before(),
                        "%s of %s %s missing before this event."
                            .formatted(
                                from == gap.to() ? "Number " + from : from + " to " + gap.to(),
                                stream.source(),
                                from == gap.to() ? "is" : "are"))));
  }

  private record Gap(long to, Trace before) {}

  private static final class Numbers {
    private long next;
    private final TreeMap<Long, Gap> gaps = new TreeMap<>();

    Numbers(long start) {
      next = start;
    }

    void take(long number, Trace event) {
      if (number >= next) {
        if (number > next) {
          gaps.put(next, new Gap(number - 1, event));
        }
        next = number + 1;
        return;
      }
      Map.Entry<Long, Gap> entry = gaps.floorEntry(number);
      if (entry != null && number <= entry.getValue().to()) {
        gaps.remove(entry.getKey());
        if (entry.getKey() < number) {
          gaps.put(entry.getKey(), new Gap(number - 1, entry.getValue().before()));
        }
        if (number < entry.getValue().to()) {
          gaps.put(number + 1, entry.getValue());
        }
      }
    }
  }
}
