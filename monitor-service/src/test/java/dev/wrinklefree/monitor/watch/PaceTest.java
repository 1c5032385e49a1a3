package dev.wrinklefree.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant DUE = Instant.parse("2026-11-01T10:00:00Z");
  private final Pace pace = new Pace(Duration.ofSeconds(20));

  @Test
  void roundsKeepStepHoweverLongTheyTake() {
    assertThat(pace.next(DUE, DUE.plusSeconds(1))).isEqualTo(DUE.plusSeconds(20));
    assertThat(pace.next(DUE, DUE.plusSeconds(14))).isEqualTo(DUE.plusSeconds(20));
  }

  @Test
  void overlongRoundIsFollowedByARestAndNotByABurst() {
    assertThat(pace.next(DUE, DUE.plusSeconds(70))).isEqualTo(DUE.plusSeconds(75));
  }

  @Test
  void firstRoundBeginsAtOnce() {
    assertThat(pace.getInitialExecutionTime(DUE)).isEqualTo(DUE);
  }

  @Test
  void intervalOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace(Duration.ZERO));
  }
}
