package dev.wrinklefree.cost.budget;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.RunAlerted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a budget now.
 *
 * @param alerts to be told, in order
 * @param cancel to be told; absent if the run may go on or is asked to end already
 * @param next what will have been done
 */
public record BudgetPlan(
    List<RunAlerted> alerts, @Nullable CancelRequested cancel, Enforcement next) {

  /** Copies the list. */
  public BudgetPlan {
    alerts = List.copyOf(alerts);
  }
}
