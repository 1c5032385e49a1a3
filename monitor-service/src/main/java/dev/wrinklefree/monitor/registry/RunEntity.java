package dev.wrinklefree.monitor.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run and what is recorded of its job; see the migrations for what each column says. */
@Entity
@Table(name = "run")
class RunEntity {
  @Id
  @Column(name = "run_id")
  String runId = "";

  @Column(nullable = false)
  String name = "";

  @Column(name = "known_at", nullable = false)
  Instant knownAt = Instant.EPOCH;

  @Column(name = "correlation_id")
  @Nullable String correlationId;

  @Column(name = "causation_id")
  @Nullable String causationId;

  @Column(name = "trace_parent")
  @Nullable String traceParent;

  @Column(name = "watch_until")
  @Nullable Instant watchUntil;

  @Column(name = "job_id")
  @Nullable Long jobId;

  @Column(name = "job_confirmed", nullable = false)
  boolean jobConfirmed;

  @Column(nullable = false)
  int recoveries;

  @Column(name = "submitted_at")
  @Nullable Instant submittedAt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @Column(name = "recovered_at")
  @Nullable Instant recoveredAt;

  @Column(name = "seen_at")
  @Nullable Instant seenAt;

  @Column(name = "missed_since")
  @Nullable Instant missedSince;

  @Column(name = "doubted_since")
  @Nullable Instant doubtedSince;

  @Nullable String state;

  @Nullable String told;

  @Column(name = "told_at")
  @Nullable Instant toldAt;

  RunEntity() {}
}
