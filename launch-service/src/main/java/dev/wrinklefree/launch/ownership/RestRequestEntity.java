package dev.wrinklefree.launch.ownership;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a request by HTTP. */
@Entity
@Table(name = "rest_request")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class RestRequestEntity {

  @Id
  @Column(name = "event_id")
  String eventId;

  @Column(name = "run_id", updatable = false)
  String runId;

  @Column(updatable = false)
  String digest;

  @Column(updatable = false)
  String principal;

  @Column(updatable = false)
  boolean admin;

  @Column(name = "requested_at", updatable = false)
  Instant requestedAt;
}
