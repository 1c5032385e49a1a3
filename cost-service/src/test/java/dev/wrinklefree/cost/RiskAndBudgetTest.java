package dev.wrinklefree.cost;

import static dev.wrinklefree.cost.MonitoredRun.AWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.BudgetStatus;
import dev.wrinklefree.contract.event.CostUpdated.UnitCosts;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Budget.Action;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.ledger.LedgerRepository;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is at risk and what a budget does, through a real broker and a real database. */
@QuarkusTest
@WithPlatform
class RiskAndBudgetTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  @Inject SettableClock clock;
  @Inject LedgerRepository ledger;

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST);
  private final ContractConsumer cancels = ContractConsumer.of(Topic.CANCEL_REQUESTED);
  private final ContractConsumer alerts = ContractConsumer.of(Topic.RUN_ALERT);
  private final MonitoredRun run = new MonitoredRun(producer, START);

  @BeforeEach
  void startTheClock() {
    clock.set(START);
  }

  @AfterEach
  void close() {
    producer.close();
    costs.close();
    cancels.close();
    alerts.close();
  }

  @Test
  void shouldTellWhatIsAtRiskWhatWasLostAndWhatTheMoneyBought() {
    clock.set(run.minute(30));
    run.job(0, JobState.RUNNING, 1, AWS);
    // Of two topics either may be read first.
    awaitCost(CostUpdated::accruing);
    run.checkpoint(15, 500L);

    CostUpdated saved = awaitCost(c -> c.unitCosts() != null && c.unitCosts().checkpoints() == 1);
    assertThat(saved.atRisk()).isEqualTo(Money.usd("13.76"));
    assertThat(saved.lost()).isNull();
    assertThat(saved.unitCosts())
        .isEqualTo(new UnitCosts(1, 500L, null, Money.usd("27.52"), Money.usd("55.04"), null));

    run.progress(450, 2_000_000);
    run.job(30, JobState.RECOVERING, 1, null);

    CostUpdated lost = awaitCost(cost -> !cost.accruing());
    assertThat(lost.lost()).isEqualTo(Money.usd("13.76"));
    assertThat(lost.atRisk()).isNull();
    assertThat(lost.intervals().getFirst().savedAt()).isEqualTo(run.minute(15));

    run.job(40, JobState.RUNNING, 2, AWS);
    run.job(41, JobState.SUCCEEDED, 2, AWS);
    awaitCost(CostUpdated::ended);
    // training-progress is another topic, and may be read after job-state.
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> ledger.cost(run.id()).orElseThrow().output().tokens(), equalTo(2_000_000L));
  }

  @Test
  void shouldCancelARunThatPassesItsBudgetAndKeepTheAlertOfIt() {
    run.accepted(new Budget(Money.usd("27.52"), Action.CANCEL));
    run.job(0, JobState.RUNNING, AWS);
    clock.set(run.minute(45));

    Event<CancelRequested> cancel = cancels.awaitEvent(run.id(), CancelRequested.class);
    assertThat(cancel.attributes().source()).isEqualTo("/cost-service/cancel-requested");
    assertThat(cancel.attributes().correlationId()).isEqualTo(MonitoredRun.REQUEST_ID);
    assertThat(cancel.data().requestedBy()).isEqualTo("cost-service");
    assertThat(cancel.data().reason()).contains("27.52 USD").contains("41.28 USD");

    run.job(46, JobState.CANCELLED, AWS);
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .until(() -> ledger.cost(run.id()).orElseThrow().ended());
    assertThat(alerts.events(run.id()))
        .extracting(event -> ((RunAlerted) event.data()))
        .extracting(RunAlerted::code, RunAlerted::status)
        .containsExactly(tuple("budget-passed", Status.RAISED));
    assertThat(cancels.events(run.id())).hasSize(1);
    assertThat(awaitCost(CostUpdated::ended).budget())
        .extracting(BudgetStatus::overshoot)
        .isEqualTo(Money.usd("14.677333"));
  }

  @Test
  void shouldLetARunReachItsNextCheckpoint() {
    run.accepted(new Budget(Money.usd("27.52"), Action.CANCEL_AT_CHECKPOINT));
    run.job(0, JobState.RUNNING, AWS);
    clock.set(run.minute(45));
    alerts.awaitEvent(run.id(), RunAlerted.class, alert -> alert.code().equals("budget-passed"));
    assertThat(cancels.events(run.id())).isEmpty();

    String checkpoint = run.checkpoint(44, 1000L).id();

    assertThat(cancels.awaitEvent(run.id(), CancelRequested.class).attributes().causationId())
        .isEqualTo(checkpoint);
    run.job(46, JobState.CANCELLED, AWS);
    awaitCost(CostUpdated::ended);
  }

  private CostUpdated awaitCost(Predicate<CostUpdated> wanted) {
    return costs.awaitEvent(run.id(), CostUpdated.class, wanted).data();
  }
}
