package dev.wrinklefree.contract.event;

import java.util.Locale;

/** The alerts that the platform raises, and what each means. */
public enum AlertCode {
  /** The job runs, and its step does not advance as it used to. By monitor-service. */
  NO_PROGRESS,
  /** No machines, or no end of their set-up, for long. By monitor-service. */
  STUCK_STARTING,
  /** Machines are lost so often that the run gets nowhere. By monitor-service. */
  RECOVERING_TOO_OFTEN,
  /** W&amp;B hears nothing of a job that runs. By monitor-service. */
  WANDB_SILENT,
  /** The loss is NaN or infinite. By monitor-service. */
  LOSS_NOT_FINITE,
  /** The loss rises far out of its own range. By monitor-service. */
  LOSS_DIVERGED,
  /** The program uses fewer GPUs than are paid for. By monitor-service. */
  GPUS_IDLE,
  /** No checkpoint for longer than the run's own rhythm explains. By checkpoint-service. */
  CHECKPOINT_OVERDUE,
  /** Parts of a checkpoint are there, and the others do not come. By checkpoint-service. */
  CHECKPOINT_INCOMPLETE,
  /** The job succeeded without its final checkpoint. By checkpoint-service. */
  NO_FINAL_CHECKPOINT,
  /** Four fifths of the budget are spent. By cost-service. */
  BUDGET_NEAR,
  /** More than the budget is spent. By cost-service. */
  BUDGET_PASSED,
  /** Machines are used whose price is not known. By cost-service. */
  PRICE_UNKNOWN,
  /** The price in use is older than 30 days. By cost-service. */
  PRICE_STALE;

  /** The code on the wire, in kebab-case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
