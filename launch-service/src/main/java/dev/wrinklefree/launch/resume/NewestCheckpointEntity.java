package dev.wrinklefree.launch.resume;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a run's newest checkpoint. */
@Entity
@Table(name = "newest_checkpoint")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class NewestCheckpointEntity {

  @Id
  @Column(name = "run_id")
  String runId;

  String uri;

  @Column(name = "written_at")
  Instant writtenAt;
}
