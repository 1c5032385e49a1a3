package dev.wrinklefree.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.script.ReportingTrainer;
import dev.wrinklefree.monitor.script.ScriptedSkyPilot;
import dev.wrinklefree.monitor.script.ScriptedSkyPilotResource;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WandbResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Measures how long it takes from a trainer's report of a loss that is no number to the arrival of
 * the alert at a plain consumer. Not part of the suite, by its name; its figure depends on the
 * machine, so it asserts only that every alert came. The command is in the module's README.
 */
@QuarkusTest
@TestProfile(AlertLatencyMeasure.AsShipped.class)
@WithPlatform
@QuarkusTestResource(value = ScriptedSkyPilotResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = WandbResource.class, restrictToAnnotatedClass = true)
class AlertLatencyMeasure {
  private static final String INTERVAL = System.getProperty("measure.interval", "2S");
  private static final int REPORTS = Integer.getInteger("measure.reports", 60);
  private static final long JOB_ID = 900_001;
  private static final int SEED = 7;

  ScriptedSkyPilot skyPilot;
  WandbServer wandb;

  /** Only the intervals are set, to the one that the measure is about. */
  public static final class AsShipped implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wf.skypilot.token",
          ScriptedSkyPilot.TOKEN,
          "wf.monitor.interval",
          INTERVAL,
          "wf.wandb.interval",
          INTERVAL,
          "quarkus.http.test-port",
          "0",
          "quarkus.management.test-port",
          "0");
    }
  }

  @Test
  void fromTheTrainersReportToTheAlert() throws Exception {
    long interval = Duration.parse("PT" + INTERVAL).toMillis();
    Random random = new Random(SEED);
    RunId run = Fixtures.newRunId();
    List<Long> millis = new ArrayList<>();
    try (ContractProducer producer = new ContractProducer();
        ContractConsumer consumer =
            ContractConsumer.of(Topic.JOB_STATE, Topic.TRAINING_PROGRESS, Topic.RUN_ALERT);
        ReportingTrainer trainer = new ReportingTrainer(wandb, "wrinklefree-fairy2", run.value())) {
      skyPilot.put(ScriptedSkyPilot.row(run, JOB_ID, "RUNNING"));
      producer.send(run, Fixtures.launchAccepted(run));
      producer.send(run, new LaunchSubmitted(run, JOB_ID, null, false, Fixtures.REQUESTED_AT));
      consumer.awaitEvent(run, JobStateChanged.class, d -> d.state() == JobState.RUNNING);
      for (int report = 0; report < REPORTS; report++) {
        long step = 2L * report;
        trainer.log(step, "2.5");
        consumer.awaitEvent(
            run, TrainingProgressed.class, d -> d.step() != null && d.step() == step);
        TimeUnit.MILLISECONDS.sleep(random.nextLong(interval));
        long begin = System.nanoTime();
        trainer.log(step + 1, "NaN");
        String raisedAt = Long.toString(step + 1);
        consumer.awaitEvent(
            run,
            RunAlerted.class,
            d ->
                d.status() == RunAlerted.Status.RAISED
                    && raisedAt.equals(d.evidence().get("step")));
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      }
      skyPilot.put(ScriptedSkyPilot.row(run, JOB_ID, "CANCELLED"));
    }
    assertThat(millis).hasSize(REPORTS);
    Collections.sort(millis);
    System.out.printf(
        "interval %s, %d reports: p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
        INTERVAL,
        REPORTS,
        percentile(millis, 50),
        percentile(millis, 90),
        percentile(millis, 99),
        percentile(millis, 100));
  }

  private static long percentile(List<Long> sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
