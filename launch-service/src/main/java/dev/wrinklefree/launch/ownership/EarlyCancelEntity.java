package dev.wrinklefree.launch.ownership;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of a cancel that came before its run. */
@Entity
@Table(name = "early_cancel")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class EarlyCancelEntity {

  @Id
  @Column(name = "run_id")
  String runId;

  @Column(updatable = false)
  String principal;
}
