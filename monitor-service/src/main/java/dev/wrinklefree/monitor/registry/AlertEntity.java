package dev.wrinklefree.monitor.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One alert, from its raise to its end. */
@Entity
@Table(name = "alert")
class AlertEntity {

  /** A run may have one alert of a code again, but not twice at a time. */
  @Embeddable
  record Key(
      @Column(name = "run_id") String runId,
      @Column(name = "code") String code,
      @Column(name = "raised_at") Instant raisedAt) {}

  @EmbeddedId Key key = new Key("", "", Instant.EPOCH);

  @Column(name = "cleared_at")
  @Nullable Instant clearedAt;

  @Column(nullable = false)
  String data = "";

  AlertEntity() {}
}
