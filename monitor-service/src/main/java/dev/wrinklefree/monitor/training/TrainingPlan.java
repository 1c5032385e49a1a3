package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one look.
 *
 * @param course what is to be remembered
 * @param figures the figures to tell; absent if there is nothing new
 * @param alerts those that begin or are over
 * @param over whether the run need not be looked at again
 * @param changed whether any of this differs from what is recorded
 */
public record TrainingPlan(
    Course course,
    @Nullable ToldFigures figures,
    List<RunAlerted> alerts,
    boolean over,
    boolean changed) {

  /** Copies the list. */
  public TrainingPlan {
    alerts = List.copyOf(alerts);
  }
}
