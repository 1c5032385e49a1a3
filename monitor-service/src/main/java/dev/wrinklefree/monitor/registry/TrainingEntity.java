package dev.wrinklefree.monitor.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run's training as recorded; see the migrations for what each column says. */
@Entity
@Table(name = "training")
class TrainingEntity {
  @Id
  @Column(name = "run_id")
  String runId = "";

  @Column(name = "wandb_entity")
  @Nullable String wandbEntity;

  @Column(name = "wandb_project")
  @Nullable String wandbProject;

  @Column(name = "wandb_id")
  @Nullable String wandbId;

  @Column(name = "metric_keys")
  @Nullable String metricKeys;

  @Column(name = "accelerators_used")
  @Nullable Integer acceleratorsUsed;

  @Column(name = "over", nullable = false)
  boolean over;

  @Nullable String course;

  @Nullable String told;

  @Column(name = "told_at")
  @Nullable Instant toldAt;

  @Column(name = "seen_at")
  @Nullable Instant seenAt;

  TrainingEntity() {}
}
