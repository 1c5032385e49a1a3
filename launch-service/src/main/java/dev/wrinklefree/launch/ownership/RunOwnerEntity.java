package dev.wrinklefree.launch.ownership;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of a run's owner. */
@Entity
@Table(name = "run_owner")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class RunOwnerEntity {

  @Id
  @Column(name = "run_id")
  String runId;

  @Column(updatable = false)
  String principal;
}
