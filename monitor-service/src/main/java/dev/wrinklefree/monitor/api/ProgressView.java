package dev.wrinklefree.monitor.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.monitor.registry.RecordedProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's figures as last told: the fields of the last {@code training.progressed} event, and
 *
 * @param name the run's friendly name
 * @param project the W&amp;B project
 * @param seenAt when we saw them
 */
public record ProgressView(
    @JsonUnwrapped TrainingProgressed data, String name, @Nullable String project, Instant seenAt) {

  static ProgressView of(RecordedProgress progress) {
    return new ProgressView(
        progress.data(), progress.name(), progress.project(), progress.seenAt());
  }
}
