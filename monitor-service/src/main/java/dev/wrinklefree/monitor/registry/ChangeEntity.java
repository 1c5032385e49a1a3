package dev.wrinklefree.monitor.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** One event that was told of a run, kept for the run's story. */
@Entity
@Table(name = "job_change")
class ChangeEntity {

  /** The event's place among the run's events. */
  @Embeddable
  record Key(
      @Column(name = "run_id") String runId, @Column(name = "sequence_number") long sequence) {}

  @EmbeddedId Key key = new Key("", 0);

  @Column(nullable = false)
  String data = "";

  @Column(name = "happened_at", nullable = false)
  Instant happenedAt = Instant.EPOCH;

  @Column(name = "recorded_at", nullable = false)
  Instant recordedAt = Instant.EPOCH;

  ChangeEntity() {}
}
