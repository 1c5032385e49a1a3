package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.value.RunId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A cancellation's row. Its run may not exist yet. */
@Entity
@Table(name = "cancellation")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class CancellationEntity {

  @Id
  @Column(name = "run_id")
  String runId;

  @Column(name = "event_id", updatable = false)
  String eventId;

  @Column(name = "requested_at", updatable = false)
  Instant requestedAt;

  @Nullable
  @Column(name = "requested_by", updatable = false)
  String requestedBy;

  @Nullable
  @Column(updatable = false)
  String reason;

  /** When the queue was first found not to know the run's job, if it does not. */
  @Nullable
  @Column(name = "unknown_since")
  Instant unknownSince;

  static CancellationEntity of(Cancellation cancellation) {
    CancellationEntity row = new CancellationEntity();
    row.runId = cancellation.runId().value();
    row.eventId = cancellation.eventId();
    row.requestedAt = cancellation.requestedAt();
    row.requestedBy = cancellation.requestedBy();
    row.reason = cancellation.reason();
    return row;
  }

  Cancellation toCancellation() {
    return new Cancellation(new RunId(runId), eventId, requestedAt, requestedBy, reason);
  }
}
