package dev.wrinklefree.cost.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts alerts into words, with the figures behind them. */
final class AlertText {

  private AlertText() {}

  static RunAlerted of(AlertCode code, Status status, CostUpdated cost) {
    return switch (code) {
      case BUDGET_NEAR ->
          alert(
              cost,
              code,
              status,
              Severity.WARNING,
              "The run has used four fifths of its budget.",
              near(action(cost)),
              budget(cost));
      case BUDGET_PASSED ->
          alert(
              cost,
              code,
              status,
              Severity.CRITICAL,
              "The run has cost more than its budget.",
              passed(action(cost)),
              budget(cost));
      case PRICE_UNKNOWN ->
          alert(
              cost,
              code,
              status,
              Severity.WARNING,
              "The run holds machines whose price is not known, so its cost cannot be told.",
              "Add the machine to the price book for runs to come, and look at the cloud's own bill for this one.",
              machines(cost));
      case PRICE_STALE ->
          alert(
              cost,
              code,
              status,
              Severity.INFO,
              "The price of the run's machines is older than 30 days or of unknown age.",
              "Compare it with the cloud's price list, and bring the price book up to date.",
              machines(cost));
      case NO_PROGRESS,
          STUCK_STARTING,
          RECOVERING_TOO_OFTEN,
          WANDB_SILENT,
          LOSS_NOT_FINITE,
          LOSS_DIVERGED,
          GPUS_IDLE,
          CHECKPOINT_OVERDUE,
          CHECKPOINT_INCOMPLETE,
          NO_FINAL_CHECKPOINT ->
          throw new IllegalArgumentException("another service raises " + code.word());
    };
  }

  private static RunAlerted alert(
      CostUpdated cost,
      AlertCode code,
      Status status,
      Severity severity,
      String message,
      String suggestion,
      Map<String, String> evidence) {
    return new RunAlerted(
        cost.runId(), code.word(), status, severity, message, suggestion, evidence);
  }

  private static String near(Budget.Action action) {
    return switch (action) {
      case ALERT -> "Decide whether the run may go on: nothing is done by itself.";
      case CANCEL_AT_CHECKPOINT ->
          "Nothing, if the run may end after the checkpoint that follows its limit.";
      case CANCEL -> "Nothing, if the run may end at its limit.";
    };
  }

  private static String passed(Budget.Action action) {
    return switch (action) {
      case ALERT ->
          "Cancel the run, or launch the next with a higher budget: nothing is done by itself.";
      case CANCEL_AT_CHECKPOINT ->
          "Nothing: the run is cancelled after its next complete checkpoint.";
      case CANCEL -> "Nothing: the run is being cancelled.";
    };
  }

  /** Without a budget there is no action; such an alert is only ever cleared. */
  private static Budget.Action action(CostUpdated cost) {
    BudgetStatus budget = cost.budget();
    return budget == null ? Budget.Action.ALERT : budget.action();
  }

  private static Map<String, String> budget(CostUpdated cost) {
    Map<String, String> evidence = new TreeMap<>();
    put(evidence, "spent", cost.spent());
    put(evidence, "perHour", cost.perHour());
    put(evidence, "forecast", cost.forecast());
    BudgetStatus budget = cost.budget();
    if (budget != null) {
      put(evidence, "limit", budget.limit());
      put(evidence, "overshoot", budget.overshoot());
      evidence.put("action", budget.action().word());
    }
    return evidence;
  }

  private static Map<String, String> machines(CostUpdated cost) {
    Map<String, String> evidence = new TreeMap<>();
    if (!cost.intervals().isEmpty()) {
      Interval last = cost.intervals().getLast();
      Accelerators gpus = last.accelerators();
      put(evidence, "cloud", last.cloud());
      put(evidence, "region", last.region());
      put(evidence, "instanceType", last.instanceType());
      put(evidence, "accelerators", gpus == null ? null : gpus.notation());
      put(evidence, "perHour", last.perHour());
      put(evidence, "priceSource", last.priceSource());
      put(evidence, "priceDate", last.priceDate() == null ? null : last.priceDate().toString());
      evidence.put("spot", Boolean.toString(last.spot()));
    }
    return evidence;
  }

  private static void put(Map<String, String> evidence, String name, @Nullable Money money) {
    put(
        evidence,
        name,
        money == null ? null : money.amount().toPlainString() + " " + money.currency());
  }

  private static void put(Map<String, String> evidence, String name, @Nullable String text) {
    if (text != null) {
      evidence.put(name, text);
    }
  }
}
