package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.history.Retention;
import java.time.Duration;
import java.time.Instant;

/**
 * What rules judge by, beside the history itself.
 *
 * @param asOf when the audit began
 * @param grace how long a consequence may take before its absence counts
 * @param retention what the broker may have deleted
 */
public record AuditScope(Instant asOf, Duration grace, Retention retention) {

  /** Whether what happened at that time may still have consequences to come. */
  public boolean isYoung(Instant time) {
    return time.isAfter(asOf.minus(grace));
  }
}
