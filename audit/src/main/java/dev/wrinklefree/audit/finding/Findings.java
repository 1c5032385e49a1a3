package dev.wrinklefree.audit.finding;

import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.value.RunId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what one rule finds. All are counted; of each severity only the first are kept. */
public final class Findings {

  /** A broken system finds the same thing a million times; a person reads the first. */
  static final int KEPT = 1000;

  private final String rule;
  private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);
  private final List<Finding> kept = new ArrayList<>();
  private long checked;
  private long unjudged;

  /** Of the rule with that code. */
  public Findings(String rule) {
    this.rule = rule;
  }

  /** One more thing was looked at. */
  public void checked() {
    checked++;
  }

  /** One more thing cannot be judged. */
  public void unjudged() {
    unjudged++;
  }

  /** Something about an event. */
  public void add(Severity severity, String code, Trace event, String sentence) {
    add(severity, code, event.position(), event.eventId(), event.runId(), sentence);
  }

  /** Something about a record that is no event. */
  public void add(Severity severity, String code, Position position, String sentence) {
    add(severity, code, position, null, null, sentence);
  }

  /** Something about anything. */
  public void add(
      Severity severity,
      String code,
      @Nullable Position position,
      @Nullable String eventId,
      @Nullable RunId runId,
      String sentence) {
    if (counts.merge(severity, 1L, Long::sum) <= KEPT) {
      kept.add(new Finding(severity, rule, code, position, eventId, runId, sentence));
    }
  }

  /** The first of each severity, in the order in which they were found. */
  public List<Finding> kept() {
    return List.copyOf(kept);
  }

  /** The counts. */
  public RuleResult result(String promise) {
    return new RuleResult(
        rule,
        promise,
        checked,
        count(Severity.LOST),
        count(Severity.WRONG),
        count(Severity.REPEATED),
        count(Severity.PENDING),
        unjudged);
  }

  private long count(Severity severity) {
    return counts.getOrDefault(severity, 0L);
  }
}
