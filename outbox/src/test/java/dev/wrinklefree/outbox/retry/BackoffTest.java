package dev.wrinklefree.outbox.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  @Test
  void doublesUpToTheLongest() {
    assertThat(BACKOFF.after(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(BACKOFF.after(2)).isEqualTo(Duration.ofMillis(200));
    assertThat(BACKOFF.after(7)).isEqualTo(Duration.ofMillis(6400));
    assertThat(BACKOFF.after(8)).isEqualTo(Duration.ofSeconds(10));
  }

  @Property(seed = "20261123")
  void neverShrinksAndNeverExceedsTheLongest(@ForAll @IntRange(min = 1) int failures) {
    assertThat(BACKOFF.after(failures))
        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(10))
        .isGreaterThanOrEqualTo(BACKOFF.after(Math.max(1, failures - 1)));
  }

  @Test
  void refusesWaitsThatMakeNoSense() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
