package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.registry.RecordedAlert;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert: the fields of the event that raised it, with the status of now.
 *
 * @param raisedAt when it was raised
 * @param clearedAt absent while it is open
 */
public record AlertView(
    RunId runId,
    String code,
    Status status,
    Severity severity,
    String message,
    String suggestion,
    Map<String, String> evidence,
    Instant raisedAt,
    @Nullable Instant clearedAt) {

  static AlertView of(RecordedAlert alert) {
    RunAlerted data = alert.data();
    return new AlertView(
        data.runId(),
        data.code(),
        alert.clearedAt() == null ? Status.RAISED : Status.CLEARED,
        data.severity(),
        data.message(),
        data.suggestion(),
        data.evidence(),
        alert.raisedAt(),
        alert.clearedAt());
  }
}
