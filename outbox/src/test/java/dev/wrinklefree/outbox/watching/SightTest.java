package dev.wrinklefree.outbox.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Watch WATCH = new Watch("queue", Duration.ofSeconds(15));

  @Test
  void isClearForThreeIntervalsAfterTheStart() {
    assertThat(Sight.of(WATCH, WatchState.UNKNOWN, START, START.plusSeconds(44)))
        .isEqualTo(new Sight.Clear());
    assertThat(Sight.of(WATCH, WatchState.UNKNOWN, START, START.plusSeconds(45)))
        .isEqualTo(new Sight.Blind(START, "no read was attempted"));
  }

  @Test
  void isClearForThreeIntervalsAfterTheLastSuccess() {
    Instant seen = START.plusSeconds(600);
    WatchState state = new WatchState(seen, seen.plusSeconds(15), "503");
    assertThat(Sight.of(WATCH, state, START, seen.plusSeconds(44))).isEqualTo(new Sight.Clear());
    assertThat(Sight.of(WATCH, state, START, seen.plusSeconds(45)))
        .isEqualTo(new Sight.Blind(seen, "503"));
  }

  @Test
  void givesAnOldRecordTheSameTimeAfterAStandstill() {
    Instant yesterday = START.minusSeconds(86_400);
    WatchState state = new WatchState(yesterday, null, null);
    assertThat(Sight.of(WATCH, state, START, START.plusSeconds(44))).isEqualTo(new Sight.Clear());
    assertThat(Sight.of(WATCH, state, START, START.plusSeconds(45)))
        .isEqualTo(new Sight.Blind(yesterday, "no read was attempted"));
  }

  @Test
  void doesNotBlameAnOldFailureForAWatcherThatStopped() {
    WatchState state = new WatchState(START.plusSeconds(60), START.plusSeconds(30), "503");
    assertThat(Sight.of(WATCH, state, START, START.plusSeconds(120)))
        .isEqualTo(new Sight.Blind(START.plusSeconds(60), "no read was attempted"));
  }

  @Test
  void letsAFastWatchPauseForAMoment() {
    Watch fast = new Watch("queue", Duration.ofMillis(100));
    assertThat(fast.patience()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesAWatchWithoutNameOrInterval() {
    assertThatThrownBy(() -> new Watch(" ", Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Watch("queue", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
