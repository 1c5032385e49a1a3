package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.alert.AlertPlanner;
import dev.wrinklefree.cost.alert.AlertRepository;
import dev.wrinklefree.cost.budget.BudgetPlanner;
import dev.wrinklefree.cost.estimate.Quoter;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters in the ledger what is heard of a run, and tells its cost when that is news. Each method
 * works within the caller's transaction.
 */
public final class Bookkeeper {

  private static final Logger LOGGER = LoggerFactory.getLogger(Bookkeeper.class);

  private final LedgerRepository ledger;
  private final Outbox outbox;
  private final AlertRepository alerts;
  private final TrainingRepository trainings;
  private final PricePinning pinning;
  private final Quoter quoter;
  private final Clock clock;

  /** Keeps {@code ledger} and tells through {@code outbox}. */
  public Bookkeeper(
      LedgerRepository ledger,
      Outbox outbox,
      AlertRepository alerts,
      TrainingRepository trainings,
      PricePinning pinning,
      Quoter quoter,
      Clock clock) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.alerts = alerts;
    this.trainings = trainings;
    this.pinning = pinning;
    this.quoter = quoter;
    this.clock = clock;
  }

  /** The run exists. */
  public void launched(EventAttributes cause) {
    update(cause, UnaryOperator.identity());
  }

  /** The run was accepted, perhaps with a budget. */
  public void accepted(EventAttributes cause, LaunchAccepted said) {
    update(
        cause,
        account ->
            account.accepted(
                quoter.facts(said), said.budget(), quoter.quote(said, now()).orElse(null)));
  }

  /** A complete checkpoint was written. */
  public void saved(EventAttributes cause, CheckpointWritten said) {
    RunId runId = cause.runId();
    update(
        cause,
        account -> {
          ledger.addCheckpoint(runId, cause.identity(), SaveTiming.of(said));
          return account.saved(said.step(), ledger.saves(runId), ledger.newestCheckpoints(runId));
        },
        true);
  }

  /** The training told how far it is; that alone is no news of its cost. */
  public void progressed(EventAttributes cause, TrainingProgressed said) {
    update(cause, account -> account.progressed(said, cause.time()));
  }

  /** No job came of the run. */
  public void launchFailed(EventAttributes cause) {
    update(cause, RunAccount::failedToLaunch);
  }

  /** The run's job changed its state. */
  public void jobChanged(EventAttributes cause, JobStateChanged said) {
    Observation observation = Observation.of(cause, said);
    update(cause, account -> account.heard(observation, pinning, ledger.saves(cause.runId())));
  }

  /** Time went on; a run that holds no machines any more is not told of. */
  public void tick(RunId runId) {
    ledger
        .lockAccruing(runId)
        .ifPresent(run -> outbox.appendAll(news(run, alerts.open(Set.of(runId)), null, false)));
  }

  /**
   * Time went on for many runs: tells of those that hold machines, in the order of their ids.
   *
   * @param after only of those behind this one; absent: from the first
   * @param most of so many at most
   * @return the last of them; empty if there is none
   */
  public Optional<RunId> tick(@Nullable RunId after, int most) {
    List<Tellable> runs = ledger.lockAccruing(after, most);
    List<RunId> ids = runs.stream().map(run -> run.cost().runId()).toList();
    Map<RunId, List<AlertCode>> open = ids.isEmpty() ? Map.of() : alerts.open(ids);
    outbox.appendAll(runs.stream().flatMap(run -> news(run, open, null, false).stream()).toList());
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
  }

  private void update(EventAttributes cause, UnaryOperator<RunAccount> change) {
    update(cause, change, false);
  }

  private void update(EventAttributes cause, UnaryOperator<RunAccount> change, boolean justSaved) {
    LedgerRepository.Change done =
        ledger.update(
            cause.runId(),
            now(),
            account -> change.apply(account.correlatedWith(cause.correlationId())));
    if (done.isNews()) {
      trainings.note(done.after(), now());
      outbox.appendAll(
          news(done.after().tellable(), alerts.open(Set.of(cause.runId())), cause, justSaved));
    }
  }

  /** What there is to tell of a run, with what is written down of it. */
  private List<OutboundEvent> news(
      Tellable run,
      Map<RunId, List<AlertCode>> open,
      @Nullable EventAttributes cause,
      boolean justSaved) {
    Instant now = now();
    CostUpdated cost = run.cost().asOf(now);
    List<OutboundEvent> news = new ArrayList<>();
    news.add(event(run, cost, now, cause));
    for (RunAlerted alert : AlertPlanner.plan(cost, open.getOrDefault(cost.runId(), List.of()))) {
      alerts.keep(alert, now);
      news.add(event(run, alert, now, cause));
    }
    BudgetPlanner.plan(cost, run.cancelRequested(), justSaved)
        .ifPresent(
            cancel -> {
              LOGGER
                  .atWarn()
                  .addKeyValue("runId", cost.runId())
                  .log("Budget passed, the run is cancelled");
              news.add(event(run, cancel, now, cause));
              ledger.cancelling(cost.runId());
            });
    if (cause != null && cost.pricing() != CostUpdated.Pricing.KNOWN) {
      LOGGER
          .atWarn()
          .addKeyValue("runId", cost.runId())
          .log("Machines of the run are not in the price book");
    }
    return news;
  }

  private static OutboundEvent event(
      Tellable run, EventData data, Instant now, @Nullable EventAttributes cause) {
    return new OutboundEvent(
        run.cost().runId(),
        data,
        now,
        now,
        run.correlationId(),
        cause == null ? null : cause.id(),
        cause == null ? null : cause.traceParent());
  }

  /** In microseconds, as PostgreSQL keeps it: an event's time and its {@code asOf} are equal. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
