package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.Output;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.outlook.Outlook;
import dev.wrinklefree.cost.outlook.Pace;
import dev.wrinklefree.cost.outlook.SaveRhythm;
import dev.wrinklefree.cost.run.KnownRun;
import dev.wrinklefree.cost.run.RunFacts;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Row of {@code cost_run}, with all that belongs to the run. */
@Entity
@Table(name = "cost_run")
class RunEntity {

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  @Id
  @Column(name = "run_id")
  String runId;

  @Column(name = "correlation_id")
  @Nullable String correlationId;

  @Column(name = "launch_failed")
  boolean launchFailed;

  boolean ended;
  boolean accruing;
  int checkpoints;
  @Nullable Long steps;
  @Nullable Long tokens;

  @Column(name = "budget_amount")
  @Nullable BigDecimal budgetAmount;

  @Column(name = "budget_currency")
  @Nullable String budgetCurrency;

  @Enumerated(EnumType.STRING)
  @Column(name = "budget_action")
  Budget.@Nullable Action budgetAction;

  @Column(name = "cancel_requested")
  boolean cancelRequested;

  @Nullable String name;
  @Nullable String template;
  @Nullable String model;
  @Nullable String scale;
  @Nullable String owner;
  @Nullable String labels;
  @Nullable String accelerator;

  @Column(name = "accelerator_count")
  @Nullable Integer acceleratorCount;

  @Column(name = "planned_steps")
  @Nullable Long plannedSteps;

  boolean resumed;
  @Nullable String quote;
  @Nullable String pace;

  @Column(name = "save_interval_seconds")
  @Nullable Long saveIntervalSeconds;

  @Column(name = "save_seconds")
  @Nullable Long saveSeconds;

  @Column(name = "save_source")
  @Nullable String saveSource;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  @Column(name = "first_seen")
  Instant firstSeen;

  @ElementCollection
  @CollectionTable(name = "cost_observation", joinColumns = @JoinColumn(name = "run_id"))
  @OrderColumn(name = "position")
  List<ObservationEntity> observations = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "cost_interval", joinColumns = @JoinColumn(name = "run_id"))
  @OrderColumn(name = "position")
  List<IntervalEntity> intervals = new ArrayList<>();

  RunCost cost() {
    return new RunCost(
        new RunId(runId),
        intervals.stream().map(IntervalEntity::interval).toList(),
        ended,
        new Output(checkpoints, steps, tokens),
        budget(),
        outlook());
  }

  RunAccount account() {
    return new RunAccount(
        correlationId,
        launchFailed,
        observations.stream().map(ObservationEntity::observation).toList(),
        cost(),
        cancelRequested,
        facts());
  }

  Tellable tellable() {
    return new Tellable(cost(), correlationId, cancelRequested);
  }

  KnownRun known() {
    return new KnownRun(facts(), cost());
  }

  /** Writes what differs; observations are only ever added. */
  void keep(RunAccount account) {
    correlationId = account.correlationId();
    launchFailed = account.launchFailed();
    ended = account.cost().ended();
    accruing = account.cost().accruing();
    account.observations().stream()
        .skip(observations.size())
        .map(ObservationEntity::of)
        .forEach(observations::add);
    if (!cost().intervals().equals(account.cost().intervals())) {
      intervals.clear();
      account.cost().intervals().stream().map(IntervalEntity::of).forEach(intervals::add);
    }
    keep(account.cost().output());
    keep(account.cost().budget());
    cancelRequested = account.cancelRequested();
    keep(account.facts());
    keep(account.cost().outlook());
  }

  private void keep(RunFacts facts) {
    name = facts.name();
    template = facts.template();
    model = facts.model();
    scale = facts.scale();
    owner = facts.owner();
    labels = facts.labels().isEmpty() ? null : Columns.write(facts.labels());
    Accelerators gpus = facts.accelerators();
    accelerator = gpus == null ? null : gpus.type();
    acceleratorCount = gpus == null ? null : gpus.count();
    plannedSteps = facts.plannedSteps();
    resumed = facts.resumed();
  }

  private RunFacts facts() {
    return new RunFacts(
        name,
        template,
        model,
        scale,
        accelerator == null
            ? null
            : new Accelerators(accelerator, Objects.requireNonNull(acceleratorCount)),
        plannedSteps,
        resumed,
        owner,
        Columns.strings(labels));
  }

  private void keep(Outlook outlook) {
    if (!outlook.equals(outlook())) {
      quote = Columns.write(outlook.quote());
      pace = outlook.pace().equals(Pace.UNKNOWN) ? null : Columns.write(outlook.pace());
      saveIntervalSeconds = outlook.rhythm().intervalSeconds();
      saveSeconds = outlook.rhythm().saveSeconds();
      saveSource = outlook.rhythm().saveSource();
    }
  }

  private Outlook outlook() {
    return new Outlook(
        Columns.read(quote, CostUpdated.Quote.class),
        Objects.requireNonNullElse(Columns.read(pace, Pace.class), Pace.UNKNOWN),
        new SaveRhythm(saveIntervalSeconds, saveSeconds, saveSource));
  }

  private void keep(Output output) {
    checkpoints = output.checkpoints();
    steps = output.steps();
    tokens = output.tokens();
  }

  private void keep(@Nullable Budget budget) {
    budgetAmount = budget == null ? null : budget.limit().amount();
    budgetCurrency = budget == null ? null : budget.limit().currency();
    budgetAction = budget == null ? null : budget.action();
  }

  private @Nullable Budget budget() {
    return budgetAmount == null
        ? null
        : new Budget(
            new Money(budgetAmount, Objects.requireNonNull(budgetCurrency)),
            Objects.requireNonNull(budgetAction));
  }
}
