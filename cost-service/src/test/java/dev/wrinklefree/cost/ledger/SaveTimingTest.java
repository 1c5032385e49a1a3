package dev.wrinklefree.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaveTimingTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void shouldTakeTheSpeedBetweenTheObjectsForAllOfThem() {
    // 600 MB in 6 s, so 900 MB in 9 s; the order in the list says nothing.
    assertThat(SaveTiming.of(written(object(6, 600), object(0, 300))).measured())
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void shouldMeasureNothingByOneObjectOrOneInstant() {
    assertThat(SaveTiming.of(written(object(0, 300))).measured()).isNull();
    assertThat(SaveTiming.of(written(object(3, 300), object(3, 600))).measured()).isNull();
    assertThat(SaveTiming.of(written(object(0, 300), object(3, 0))).measured()).isNull();
  }

  private static StoredObject object(int second, long megabytes) {
    return new StoredObject(
        "o" + second, 1, megabytes * 1_000_000, "AAAAAA==", START.plusSeconds(second));
  }

  private static CheckpointWritten written(StoredObject... objects) {
    CheckpointWritten sample = Fixtures.checkpointWritten(new RunId("my-run"), 1000);
    return new CheckpointWritten(
        sample.runId(),
        sample.kind(),
        sample.step(),
        sample.layout(),
        sample.uri(),
        sample.revision(),
        List.of(objects),
        900_000_000,
        START,
        START);
  }
}
