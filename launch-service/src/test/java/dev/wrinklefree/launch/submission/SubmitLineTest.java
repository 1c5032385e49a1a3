package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubmitLineTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final int MAX_IN_FLIGHT = 2;
  private static final SubmissionRules RULES =
      new SubmissionRules(
          MAX_IN_FLIGHT,
          Duration.ofHours(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));

  @Test
  void runsForWhichThereIsRoomLookAtOnce() {
    assertThat(waits(0, 0, 2)).containsExactly(0L, 0L);
    assertThat(waits(1, 0, 1)).containsExactly(0L);
  }

  @Test
  void theOthersWaitAsALookThatFoundNoRoomWould() {
    assertThat(waits(1, 0, 4)).containsExactly(0L, 500L, 500L, 1_000L);
    assertThat(waits(2, 3, 2)).containsExactly(1_000L, 1_500L);
  }

  @Test
  void nobodyWaitsLongerThanTheLongestWait() {
    assertThat(waits(2, RULES.longestLine(), 1)).containsExactly(20_000L);
  }

  private static List<Long> waits(long underWay, long waiting, int runs) {
    List<RunId> runIds = IntStream.range(0, runs).mapToObj(i -> new RunId("run-" + i)).toList();
    return new SubmitLine(() -> new Submissions.Line(underWay, waiting), RULES)
        .turns(runIds, NOW).values().stream()
            .map(turn -> Duration.between(NOW, turn).toMillis())
            .toList();
  }
}
