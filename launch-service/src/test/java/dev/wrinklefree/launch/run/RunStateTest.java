package dev.wrinklefree.launch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunStateTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");

  @Test
  void aSubmissionCountsItsAttempts() {
    Submitting second = Accepted.first().submitting(NOW).notSubmitted().submitting(NOW);

    assertThat(second.attempts()).isEqualTo(2);
    assertThat(second.requestId()).isNull();
    assertThat(second.failed("skypilot-refused", "no").attempts()).isEqualTo(2);
  }

  @Test
  void aJobKeepsTheRequestThatMadeIt() {
    Submitting answered = Accepted.first().submitting(NOW).answered("r-1");

    assertThat(answered.submitted(7, NOW).requestId()).isEqualTo("r-1");
    assertThat(answered.submitted(7, NOW).adopted()).isFalse();
    assertThat(answered.adopted(7, NOW).adopted()).isTrue();
    assertThat(answered.adopted(7, NOW).cancelled().job()).isEqualTo(answered.adopted(7, NOW));
    assertThat(Accepted.first().cancelled().job()).isNull();
  }

  @Test
  void aStateIsEqualToItselfAfterTheDatabaseCutItsTime() {
    Instant kept = Instant.parse("2026-11-23T10:00:00.123456Z");

    assertThat(Accepted.first().submitting(NOW)).isEqualTo(Accepted.first().submitting(kept));
  }
}
