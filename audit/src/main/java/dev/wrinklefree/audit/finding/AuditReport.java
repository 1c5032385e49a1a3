package dev.wrinklefree.audit.finding;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an audit came to.
 *
 * @param asOf when it began
 * @param run the run that it was limited to; absent if to none
 * @param records all records that were looked at
 * @param events those of them that are events of the platform's services
 * @param deadLetters those of them that are dead letters
 * @param rules each rule's result
 * @param findings the first thousand of each rule and severity
 */
public record AuditReport(
    Instant asOf,
    @Nullable RunId run,
    long records,
    long events,
    long deadLetters,
    List<RuleResult> rules,
    List<Finding> findings) {

  /** Copies the lists. */
  public AuditReport {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
  }

  /** How many findings have that severity. */
  public long count(Severity severity) {
    return switch (severity) {
      case LOST -> sum(RuleResult::lost);
      case WRONG -> sum(RuleResult::wrong);
      case REPEATED -> sum(RuleResult::repeated);
      case PENDING -> sum(RuleResult::pending);
    };
  }

  /** Whether nothing is lost and nothing is wrong. */
  public boolean isClean() {
    return count(Severity.LOST) == 0 && count(Severity.WRONG) == 0;
  }

  /** Repeated events among a thousand of the platform's. */
  public double repeatsPerThousand() {
    return events == 0 ? 0 : 1000.0 * count(Severity.REPEATED) / events;
  }

  private long sum(ToLongFunction<RuleResult> count) {
    return rules.stream().mapToLong(count).sum();
  }
}
