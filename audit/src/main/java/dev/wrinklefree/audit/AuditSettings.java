package dev.wrinklefree.audit;

import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an audit judges.
 *
 * @param asOf when it begins
 * @param grace how long a consequence may take before its absence counts: younger requests without
 *     an answer are pending, older ones are lost
 * @param run limits it to one run; absent means all
 */
public record AuditSettings(Instant asOf, Duration grace, @Nullable RunId run) {

  /**
   * Longer than a submit or a cancel takes while nothing is broken, and than the longest interval
   * of a watcher.
   */
  public static final Duration DEFAULT_GRACE = Duration.ofMinutes(15);

  /** All runs, with the usual grace. */
  public static AuditSettings at(Instant asOf) {
    return new AuditSettings(asOf, DEFAULT_GRACE, null);
  }

  /** With another grace; none for a platform that has come to rest. */
  public AuditSettings withGrace(Duration newGrace) {
    return new AuditSettings(asOf, newGrace, run);
  }

  /** Of one run only. */
  public AuditSettings of(RunId onlyRun) {
    return new AuditSettings(asOf, grace, onlyRun);
  }
}
