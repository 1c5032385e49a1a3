package dev.wrinklefree.cost;

import static dev.wrinklefree.cost.MonitoredRun.AWS;
import static dev.wrinklefree.cost.MonitoredRun.NEBIUS;
import static dev.wrinklefree.cost.MonitoredRun.UNPRICED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.CostUpdated.Pricing;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From job-state to running-cost, through a real broker and a real database. */
@QuarkusTest
@WithPlatform
class RunningCostTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  @Inject SettableClock clock;

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST);
  private final MonitoredRun run = new MonitoredRun(producer, START);

  @BeforeEach
  void startTheClock() {
    clock.set(START);
  }

  @AfterEach
  void close() {
    producer.close();
    costs.close();
  }

  @Test
  void shouldTellTheCostWhenMachinesCome() {
    clock.set(run.minute(6));
    run.launch(Fixtures.launchAccepted(run.id()));
    run.job(0, JobState.PENDING, null);
    EventAttributes running = run.job(5, JobState.RUNNING, NEBIUS);

    Event<CostUpdated> told = costs.awaitEvent(run.id(), CostUpdated.class);

    assertThat(told.data().asOf()).isEqualTo(run.minute(6));
    assertThat(told.data().accruing()).isTrue();
    assertThat(told.data().ended()).isFalse();
    assertThat(told.data().pricing()).isEqualTo(Pricing.KNOWN);
    assertThat(told.data().perHour()).isEqualTo(Money.usd("3.85"));
    assertThat(told.data().spent()).isEqualTo(Money.usd("0.064167"));
    assertThat(told.data().stalePrice()).isTrue();
    assertThat(told.data().intervals())
        .singleElement()
        .satisfies(
            interval -> {
              assertThat(interval.from()).isEqualTo(run.minute(5));
              assertThat(interval.to()).isNull();
              assertThat(interval.seconds()).isEqualTo(60);
              assertThat(interval.priceSource()).contains("nebius.com/prices");
              assertThat(interval.priceDate()).isEqualTo(LocalDate.parse("2026-09-25"));
              assertThat(interval.stale()).isTrue();
            });
    EventAttributes attributes = told.attributes();
    assertThat(attributes.source()).isEqualTo("/cost-service/running-cost");
    assertThat(attributes.id()).isEqualTo(run.id() + ":1");
    assertThat(attributes.sequence()).isEqualTo(1);
    assertThat(attributes.time()).isEqualTo(told.data().asOf());
    assertThat(attributes.causationId()).isEqualTo(running.id());
    assertThat(attributes.correlationId()).isEqualTo(MonitoredRun.REQUEST_ID);
  }

  @Test
  void shouldTellTheCostAtEveryTickWhileMachinesExist() {
    run.job(0, JobState.RUNNING, AWS);
    awaitCost(cost -> cost.asOf().equals(START));
    clock.set(run.minute(30));

    Event<CostUpdated> tick = awaitCost(cost -> cost.asOf().equals(run.minute(30)));

    assertThat(tick.data().spent()).isEqualTo(Money.usd("27.52"));
    assertThat(tick.data().stalePrice()).isFalse();
    assertThat(tick.attributes().causationId()).isNull();
    assertThat(tick.attributes().correlationId()).isEqualTo(MonitoredRun.REQUEST_ID);
    assertThat(costs.events(run.id()))
        .extracting(event -> event.attributes().sequence())
        .startsWith(1L, 2L);
  }

  @Test
  void shouldNotCountTheGapOfAPreemptionAndTellTheEndOnce() {
    run.job(0, JobState.RUNNING, 1, NEBIUS);
    run.job(60, JobState.RECOVERING, 1, null);
    run.job(90, JobState.RUNNING, 2, NEBIUS);
    clock.set(run.minute(120));
    EventAttributes end = run.job(120, JobState.SUCCEEDED, 2, NEBIUS);

    Event<CostUpdated> told = awaitCost(CostUpdated::ended);

    assertThat(told.data().spent()).isEqualTo(Money.usd("5.775"));
    assertThat(told.data().perHour()).isNull();
    assertThat(told.data().accruing()).isFalse();
    assertThat(told.data().intervals())
        .extracting(Interval::from, Interval::to, Interval::seconds, Interval::amount)
        .containsExactly(
            tuple(run.minute(0), run.minute(60), 3600L, Money.usd("3.85")),
            tuple(run.minute(90), run.minute(120), 1800L, Money.usd("1.925")));
    assertThat(told.attributes().causationId()).isEqualTo(end.id());
    afterTwoMoreTicks();
    assertThat(costs.events(run.id()).getLast()).isEqualTo(told);
  }

  @Test
  void shouldSayUnknownAndNoMoneyForAMachineThatIsNotInTheBook() {
    run.job(0, JobState.RUNNING, UNPRICED);
    run.job(60, JobState.FAILED, UNPRICED);

    Event<CostUpdated> told = awaitCost(CostUpdated::ended);

    assertThat(told.data().pricing()).isEqualTo(Pricing.UNKNOWN);
    assertThat(told.data().intervals()).extracting(Interval::seconds).containsExactly(3600L);
    assertThat(costs.records().stream().filter(r -> run.id().value().equals(r.key())))
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .contains("\"pricing\":\"unknown\"")
                    .doesNotContain("spent", "amount", "perHour"));
  }

  @Test
  void shouldTellNothingNewWhenNothingAboutMachinesChanged() {
    run.job(0, JobState.RUNNING, NEBIUS);
    run.job(10, JobState.UNKNOWN, null);
    run.job(20, JobState.RUNNING, NEBIUS);
    EventAttributes end = run.job(30, JobState.SUCCEEDED, NEBIUS);
    awaitCost(CostUpdated::ended);

    assertThat(costs.events(run.id()).stream().map(event -> event.attributes().causationId()))
        .filteredOn(Objects::nonNull)
        .containsExactly(run.id() + ":1", end.id());
  }

  @Test
  void shouldNotCountAnEventTwice() {
    EventAttributes running = run.job(0, JobState.RUNNING, NEBIUS);
    producer.send(run.jobEvent(1, 0, JobState.RUNNING, 1, NEBIUS));
    run.job(30, JobState.SUCCEEDED, NEBIUS);
    producer.send(run.jobEvent(1, 0, JobState.RUNNING, 1, NEBIUS));
    // Contradicts what was said under the same id: the first word stands.
    producer.send(run.jobEvent(2, 300, JobState.RUNNING, 1, NEBIUS));
    run.job(31, JobState.FAILED_CONTROLLER, NEBIUS);

    Event<CostUpdated> told = awaitCost(CostUpdated::ended);
    afterTwoMoreTicks();

    assertThat(told.data().intervals()).hasSize(1);
    assertThat(told.data().spent()).isEqualTo(Money.usd("1.925"));
    assertThat(running.id()).isEqualTo(run.id() + ":1");
    assertThat(costs.events(run.id()).getLast()).isEqualTo(told);
  }

  @Test
  void shouldPutALateEventInItsPlace() {
    producer.send(run.jobEvent(1, 0, JobState.RUNNING, 1, NEBIUS));
    producer.send(run.jobEvent(4, 90, JobState.SUCCEEDED, 2, NEBIUS));
    producer.send(run.jobEvent(3, 60, JobState.RUNNING, 2, NEBIUS));
    producer.send(run.jobEvent(2, 30, JobState.RECOVERING, 1, null));

    Event<CostUpdated> told =
        awaitCost(
            cost ->
                cost.intervals().size() == 2
                    && cost.ended()
                    && cost.intervals().getFirst().seconds() == 1800);

    assertThat(told.data().spent()).isEqualTo(Money.usd("3.85"));
  }

  @Test
  void shouldCostNothingWhenNoJobCameOfTheRun() {
    run.launch(Fixtures.launchAccepted(run.id()));
    EventAttributes failed = run.launch(Fixtures.launchFailed(run.id()));

    Event<CostUpdated> told = awaitCost(CostUpdated::ended);

    assertThat(told.data().spent()).isEqualTo(Money.usd("0"));
    assertThat(told.data().intervals()).isEmpty();
    assertThat(told.attributes().causationId()).isEqualTo(failed.id());
  }

  @Test
  void shouldGoOnAfterARecordThatCannotBeRead() {
    producer.sendPlain(Topic.JOB_STATE, run.id().value(), "{\"state\":");
    Event<JobStateChanged> noState = run.jobEvent(1, 0, JobState.RUNNING, 1, NEBIUS);
    producer.send(noState.attributes(), "{}".getBytes(StandardCharsets.UTF_8));
    producer.send(run.jobEvent(2, 0, JobState.RUNNING, 1, NEBIUS));

    assertThat(awaitCost(CostUpdated::accruing).data().perHour()).isEqualTo(Money.usd("3.85"));
    try (ContractConsumer dead = ContractConsumer.ofDeadLetters(Topic.JOB_STATE)) {
      List<String> reasons = new ArrayList<>();
      dead.awaitRecord(
          record -> {
            if (run.id().value().equals(record.key())) {
              reasons.add(ContractConsumer.header(record, "dead-letter-reason").orElse(""));
            }
            return new HashSet<>(reasons).size() == 2;
          });
      assertThat(reasons).anyMatch(reason -> reason.startsWith("not-a-cloud-event"));
      assertThat(reasons).anyMatch(reason -> reason.startsWith("bad-data"));
    }
  }

  private Event<CostUpdated> awaitCost(Predicate<CostUpdated> wanted) {
    return costs.awaitEvent(run.id(), CostUpdated.class, wanted);
  }

  /** Waits on another run that ticks must go by, so that a missing event is missing for sure. */
  private void afterTwoMoreTicks() {
    MonitoredRun other = new MonitoredRun(producer, START);
    Instant later = other.minute(600);
    clock.set(later);
    other.job(0, JobState.RUNNING, NEBIUS);
    costs.awaitEvents(other.id(), 3);
    other.job(600, JobState.CANCELLED, NEBIUS);
    costs.awaitEvent(other.id(), CostUpdated.class, CostUpdated::ended);
  }
}
