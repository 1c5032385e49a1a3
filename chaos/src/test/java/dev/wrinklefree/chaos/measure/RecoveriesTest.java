package dev.wrinklefree.chaos.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.chaos.part.Part;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecoveriesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Recoveries recoveries = new Recoveries(nanos::get);

  @Test
  void aRecoveryIsMeasuredToReadyAndToTheFirstWork() {
    at(10);
    recoveries.killed(Part.LAUNCH, "submit-not-sent");
    at(13);
    recoveries.ready(Part.LAUNCH);
    at(15);
    recoveries.worked(Part.LAUNCH, seconds(14));
    at(16);
    recoveries.worked(Part.LAUNCH, seconds(14));

    assertThat(recoveries.toReady(Part.LAUNCH).worst()).isEqualTo(Duration.ofSeconds(3));
    assertThat(recoveries.toWork(Part.LAUNCH))
        .isEqualTo(new Recoveries.Times(1, Duration.ofSeconds(5), Duration.ofSeconds(5)));
    assertThat(recoveries.kills()).isEqualTo(1);
    assertThat(recoveries.causes()).containsEntry("submit-not-sent", 1);
  }

  @Test
  void workOverAConnectionFromBeforeTheKillIsNoSignOfLife() {
    at(10);
    recoveries.killed(Part.KAFKA, "at random");
    at(11);
    recoveries.worked(Part.KAFKA, seconds(9));

    assertThat(recoveries.toWork(Part.KAFKA).count()).isZero();
  }

  @Test
  void aPartThatIsKilledAgainBeginsAnew() {
    at(10);
    recoveries.killed(Part.COST, "at random");
    at(20);
    recoveries.killed(Part.COST, "at random");
    at(22);
    recoveries.worked(Part.COST, seconds(21));

    assertThat(recoveries.toWork(Part.COST).worst()).isEqualTo(Duration.ofSeconds(2));
    assertThat(recoveries.kills(Part.COST)).isEqualTo(2);
  }

  @Test
  void aPartThatIsLeftDeadIsCountedAndNotMeasured() {
    at(10);
    recoveries.killedForGood(Part.MONITOR_2, "take-over");
    at(99);
    recoveries.ready(Part.MONITOR_2);
    recoveries.worked(Part.MONITOR_2, seconds(99));

    assertThat(recoveries.kills(Part.MONITOR_2)).isEqualTo(1);
    assertThat(recoveries.toReady(Part.MONITOR_2).count()).isZero();
    assertThat(recoveries.toWork(Part.MONITOR_2).count()).isZero();
  }

  @Test
  void theMedianIsOneOfTheTimes() {
    for (int i : new int[] {9, 1, 5, 3}) {
      recoveries.tookOver(Part.MONITOR, Duration.ofSeconds(i));
    }

    assertThat(recoveries.takeOver(Part.MONITOR))
        .isEqualTo(new Recoveries.Times(4, Duration.ofSeconds(3), Duration.ofSeconds(9)));
  }

  private void at(long second) {
    nanos.set(seconds(second));
  }

  private static long seconds(long second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
