package dev.wrinklefree.monitor;

import static dev.wrinklefree.monitor.script.ScriptedSkyPilot.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.MortalDataSource;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.watch.Ledger;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one database: one works, and the other takes over when it dies. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class TakeOverTest {
  private static final AtomicLong IDS = new AtomicLong(90_000);

  /** Longer than the four heartbeats of 250 ms after which a silent replica counts as dead. */
  private static final Duration LONGER_THAN_DEATH = Duration.ofMillis(2_500);

  /** Half as long again as that, as SkyPilot's 10 s are more than the 8 s of the defaults. */
  private static final Duration SLOW = Duration.ofMillis(1_500);

  ScriptedSkyPilot skyPilot;

  @Inject DataSource database;
  @Inject Ledger ledger;

  private final RunId run = Fixtures.newRunId();
  private final long jobId = IDS.incrementAndGet();
  private ContractProducer producer;
  private ContractConsumer consumer;

  @BeforeEach
  void connect() {
    skyPilot.become(ScriptedSkyPilot.Mode.WELL);
    producer = new ContractProducer();
    consumer = ContractConsumer.of(Topic.JOB_STATE);
    skyPilot.put(row(run, jobId, "STARTING"));
    producer.send(run, Fixtures.launchAccepted(run));
    producer.send(run, new LaunchSubmitted(run, jobId, null, false, Fixtures.REQUESTED_AT));
    consumer.awaitEvent(run, JobStateChanged.class, data -> data.state() == JobState.STARTING);
  }

  @AfterEach
  void disconnect() {
    skyPilot.put(row(run, jobId, "CANCELLED"));
    producer.close();
    consumer.close();
  }

  @Test
  void onlyOneReplicaWatchesAndTheOtherTakesOverWhenItDies() throws Exception {
    MortalDataSource mortal = new MortalDataSource(database);
    CountDownLatch inRound = new CountDownLatch(1);
    Semaphore letGo = new Semaphore(0);
    Scheduler other =
        replica(
            mortal,
            Duration.ofMillis(5),
            () -> {
              inRound.countDown();
              letGo.acquireUninterruptibly();
            });
    try {
      other.start();
      assertThat(inRound.await(20, TimeUnit.SECONDS)).isTrue();
      // The other replica is in a round: this one must leave the queue alone, for as long as the
      // other's heart beats.
      awaitNoReadInProgress();
      int reads = skyPilot.queueReads();
      skyPilot.put(row(run, jobId, "RUNNING"));
      Awaitility.await()
          .during(LONGER_THAN_DEATH)
          .atMost(LONGER_THAN_DEATH.multipliedBy(2))
          .until(() -> skyPilot.queueReads() == reads);
      assertThat(consumer.events(run)).hasSize(1);

      mortal.die();

      consumer.awaitEvent(run, JobStateChanged.class, data -> data.state() == JobState.RUNNING);
    } finally {
      letGo.release();
      other.stop();
    }
  }

  @Test
  void answersSlowerThanTheLeaseNeitherLoseItNorOverlap() {
    AtomicInteger overlapping = new AtomicInteger();
    Scheduler other =
        replica(
            database,
            Duration.ofMillis(150),
            () -> overlapping.addAndGet(skyPilot.readsUnderWay()));
    skyPilot.takeTime(SLOW);
    try {
      other.start();
      int reads = skyPilot.queueReads();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> skyPilot.queueReads() >= reads + 4);
    } finally {
      other.stop();
      skyPilot.takeTime(Duration.ZERO);
    }

    assertThat(skyPilot.mostReadsAtOnce()).isLessThanOrEqualTo(1);
    assertThat(overlapping).hasValue(0);
    assertThat(consumer.events(run)).hasSize(1);
  }

  @Test
  void twoReplicasWithTheSameFindingTellItOnce() throws Exception {
    Finding finding =
        new Finding.Seen(
            Rows.of(run, jobId, "CANCELLING").row(),
            null,
            Instant.now().truncatedTo(ChronoUnit.MICROS).plusSeconds(5));
    Callable<Plan> settle = () -> ledger.settle(run, finding).plan();
    List<Plan> plans;
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      plans =
          replicas.invokeAll(List.of(settle, settle, settle, settle)).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(plans).filteredOn(Plan.Tell.class::isInstance).hasSize(1);
    assertThat(plans).filteredOn(Plan.Unchanged.class::isInstance).hasSize(3);
  }

  @Test
  void replicaThatWakesUpWithAnOldFindingTellsNothing() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS).minusSeconds(30);

    Plan plan =
        ledger
            .settle(run, new Finding.Seen(Rows.of(run, jobId, "PENDING").row(), null, before))
            .plan();

    assertThat(plan).isEqualTo(new Plan.Nothing());
  }

  private static Scheduler replica(DataSource database, Duration polling, Runnable round) {
    RecurringTask<Void> task =
        Tasks.recurring("watch-queue", FixedDelay.ofMillis(50))
            .execute((instance, context) -> round.run());
    return Scheduler.create(database)
        .startTasks(task)
        .schedulerName(new SchedulerName.Fixed("other-replica"))
        .threads(1)
        .pollingInterval(polling)
        .heartbeatInterval(Duration.ofMillis(250))
        .missedHeartbeatsLimit(4)
        .shutdownMaxWait(Duration.ofMillis(100))
        .build();
  }

  private void awaitNoReadInProgress() {
    int[] last = {-1};
    Awaitility.await()
        .atMost(ContractConsumer.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> last[0] == (last[0] = skyPilot.queueReads()));
  }
}
