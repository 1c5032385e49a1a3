package dev.wrinklefree.launch.resume;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of an accepted run's {@link Likeness}. */
@Entity
@Table(name = "run_likeness")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class RunLikenessEntity {

  @Id
  @Column(name = "run_id")
  String runId;

  @Column(updatable = false)
  String likeness;

  @Column(name = "accepted_at", updatable = false)
  Instant acceptedAt;
}
