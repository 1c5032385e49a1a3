package dev.wrinklefree.cost.alert;

import dev.wrinklefree.contract.event.RunAlerted.Status;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it is kept: what {@code run.alerted} said when it was raised, and since when.
 *
 * @param runId the run
 * @param code stable machine code in kebab-case
 * @param status raised while it is open, then cleared
 * @param severity how bad it is
 * @param message one sentence: what is seen
 * @param suggestion one sentence: what to do
 * @param evidence the figures behind it, by name
 * @param raisedAt when it began
 * @param clearedAt when it was over; absent while it is open
 */
public record AlertView(
    String runId,
    String code,
    Status status,
    String severity,
    String message,
    String suggestion,
    Map<String, String> evidence,
    Instant raisedAt,
    @Nullable Instant clearedAt) {

  /** Copies the map. */
  public AlertView {
    evidence = Map.copyOf(evidence);
  }
}
