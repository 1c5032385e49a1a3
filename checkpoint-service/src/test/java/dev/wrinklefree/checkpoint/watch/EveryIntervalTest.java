package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryIntervalTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @ParameterizedTest
  @CsvSource({"PT0.1S, PT15S", "PT14S, PT15S", "PT16S, PT16S", "PT1H, PT1H"})
  void beginsAtAFixedRateAndMakesUpForNothing(Duration doneAfter, Duration nextAfter) {
    Execution execution = new Execution(START, new TaskInstance<>("checkpoint-watch", "recurring"));
    Instant done = START.plus(doneAfter);

    Instant next =
        new EveryInterval(Duration.ofSeconds(15))
            .getNextExecutionTime(ExecutionComplete.success(execution, START, done));

    assertThat(next).isEqualTo(START.plus(nextAfter));
  }

  @Test
  void refusesNoInterval() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EveryInterval(Duration.ZERO));
  }
}
