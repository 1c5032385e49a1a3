package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubmissionRulesTest {

  @Test
  void aRequestIsNotSentAgainWhileItMayStillBeSent() {
    assertThat(rules(8, 120, 30).sendWindow()).isEqualTo(Duration.ofSeconds(90));
    assertThatThrownBy(() -> rules(8, 30, 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wf.submission.settle-time (PT30S)")
        .hasMessageContaining("wf.skypilot.submit-timeout (PT30S)");
  }

  @Test
  void theLaterInLineTheLongerTheWait() {
    SubmissionRules rules = rules(8, 120, 30);

    assertThat(rules.slotWait(0)).isEqualTo(Duration.ofMillis(500));
    assertThat(rules.slotWait(7)).isEqualTo(Duration.ofMillis(500));
    assertThat(rules.slotWait(80)).isEqualTo(Duration.ofMillis(5_500));
    assertThat(rules.slotWait(1_000_000)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void nobodyNeedsToCountALineBeyondTheLongestWait() {
    SubmissionRules rules = rules(8, 120, 30);

    assertThat(rules.slotWait(rules.longestLine())).isEqualTo(Duration.ofSeconds(20));
    assertThat(rules.slotWait(rules.longestLine() - 9)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void somethingHasToBeAllowed() {
    assertThatThrownBy(() -> rules(0, 120, 30)).isInstanceOf(IllegalArgumentException.class);
  }

  private static SubmissionRules rules(int maxInFlight, int settle, int submit) {
    return new SubmissionRules(
        maxInFlight,
        Duration.ofHours(24),
        Duration.ofSeconds(settle),
        Duration.ofSeconds(submit),
        Duration.ofSeconds(5));
  }
}
