package dev.wrinklefree.cost;

import static dev.wrinklefree.cost.MonitoredRun.NEBIUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tick over many runs, of which some are told in one transaction. */
@QuarkusTest
@WithPlatform
class TickTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  /** More than two transactions take. */
  private static final int RUNS = 120;

  @Inject SettableClock clock;
  @Inject DataSource dataSource;

  private final ContractProducer producer = new ContractProducer();
  private final ContractConsumer costs = ContractConsumer.of(Topic.RUNNING_COST);
  private final List<MonitoredRun> runs =
      IntStream.range(0, RUNS).mapToObj(i -> new MonitoredRun(producer, START)).toList();

  @BeforeEach
  void startAll() {
    clock.set(START);
    runs.forEach(run -> run.job(0, JobState.RUNNING, NEBIUS));
    runs.forEach(run -> costs.awaitEvent(run.id(), CostUpdated.class));
  }

  @AfterEach
  void endAll() {
    clock.set(START.plusSeconds(3_600));
    runs.forEach(run -> run.job(60, JobState.CANCELLED, NEBIUS));
    runs.forEach(run -> costs.awaitEvent(run.id(), CostUpdated.class, CostUpdated::ended));
    producer.close();
    costs.close();
  }

  @Test
  void shouldTellTheCostOfEachRunHoweverManyThereAre() {
    Instant later = START.plusSeconds(1_800);
    clock.set(later);

    assertThat(runs)
        .allSatisfy(run -> assertThat(spentAt(run, later)).isEqualTo(Money.usd("1.925")));
  }

  @Test
  void shouldTellOfTheOthersWhenOneRunCannotBeTold() throws SQLException {
    MonitoredRun broken = runs.get(RUNS / 2);
    Instant later = START.plusSeconds(1_800);
    try {
      pace(broken, "no JSON");
      clock.set(later);

      assertThat(runs)
          .filteredOn(run -> run != broken)
          .allSatisfy(run -> assertThat(spentAt(run, later)).isEqualTo(Money.usd("1.925")));
      assertThat(costs.events(broken.id()))
          .noneMatch(event -> ((CostUpdated) event.data()).asOf().equals(later));
    } finally {
      pace(broken, null);
    }
    assertThat(spentAt(broken, later)).isEqualTo(Money.usd("1.925"));
  }

  private @Nullable Money spentAt(MonitoredRun run, Instant at) {
    return costs
        .awaitEvent(run.id(), CostUpdated.class, cost -> cost.asOf().equals(at))
        .data()
        .spent();
  }

  private void pace(MonitoredRun run, @Nullable String json) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update cost_run set pace = ? where run_id = ?")) {
      update.setString(1, json);
      update.setString(2, run.id().value());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
