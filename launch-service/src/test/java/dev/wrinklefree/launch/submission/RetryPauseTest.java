package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPauseTest {

  private final RetryPause pause = new RetryPause(Duration.ofSeconds(5), Duration.ofMinutes(5));

  @ParameterizedTest
  @CsvSource({"1,5", "2,10", "3,20", "7,300", "1000000,300"})
  void doublesUpToTheLongestAndIsShortenedByUpToHalf(int failures, long longestSeconds) {
    for (int i = 0; i < 100; i++) {
      assertThat(pause.after(failures))
          .isBetween(
              Duration.ofSeconds(longestSeconds).dividedBy(2), Duration.ofSeconds(longestSeconds));
    }
  }

  @Test
  void manyRunsDoNotComeBackAtOnce() {
    assertThat(IntStream.range(0, 100).mapToObj(i -> pause.after(1)).distinct())
        .hasSizeGreaterThan(10);
  }
}
