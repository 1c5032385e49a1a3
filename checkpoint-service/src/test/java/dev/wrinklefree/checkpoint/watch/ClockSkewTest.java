package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's clock and ours differ: the one gives the objects' times, the other everything else. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class ClockSkewTest extends WatchScenario {

  @Inject MeterRegistry metrics;

  @AfterEach
  void setRight() {
    server.shiftClock(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT24H", "PT-24H", "PT1M", "PT-1M"})
  void tellsEachCheckpointOnceWhateverTheOtherClockSays(Duration ahead) {
    server.shiftClock(ahead);
    accept();
    Instant before = clock.instant();
    bucket.put(prefix + "checkpoint_step_1.pt");
    bucket.put(prefix + "checkpoint-2/model.pt");
    bucket.put(prefix + "checkpoint-2/training_state.pt");
    awaitTold(2);
    bucket.put(prefix + "checkpoint_step_1.pt");

    awaitTold(3);
    awaitListings(2);
    assertThat(told()).extracting(CheckpointWritten::revision).containsExactly(1, 1, 2);
    for (Event<?> event : consumer.events(runId)) {
      CheckpointWritten told = (CheckpointWritten) event.data();
      assertThat(told.writtenAt()).isAfter(before.plus(ahead).minusSeconds(1));
      assertThat(told.seenAt()).isBetween(before, clock.instant());
      assertThat(event.attributes().time()).isEqualTo(told.writtenAt());
      assertThat(event.attributes().recordedTime()).isEqualTo(told.seenAt());
    }
  }

  @Test
  void stepsOfTheClockBetweenTwoSavesNeitherMixNorRepeatThem() {
    accept();
    for (Duration shift :
        new Duration[] {Duration.ZERO, Duration.ofHours(5), Duration.ofHours(-5)}) {
      server.shiftClock(shift);
      bucket.put(prefix + "checkpoint-final/model.pt");
      bucket.put(prefix + "checkpoint-final/training_state.pt");
      awaitListings(2);
    }

    awaitTold(3);
    assertThat(told()).extracting(CheckpointWritten::revision).containsExactly(1, 2, 3);
    assertThat(told()).allMatch(told -> told.objects().size() == 2);
  }

  @Test
  void countsWhatComesFromTheFuture() {
    double before = ahead();
    server.shiftClock(Duration.ofHours(1));
    accept();
    bucket.put(prefix + "checkpoint_step_1.pt");

    awaitTold(1);

    Awaitility.await().atMost(PATIENCE).until(() -> ahead() == before + 1);
    assertThat(metrics.get("wf.detection.latency").timer().takeSnapshot().histogramCounts())
        .isNotEmpty();
  }

  private double ahead() {
    return metrics.counter("wf.checkpoint.ahead").count();
  }
}
