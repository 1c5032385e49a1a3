package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BucketPausesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final BucketPauses pauses =
      new BucketPauses(Duration.ofSeconds(15), Duration.ofMinutes(5));

  @Test
  void aBucketThatAnswersIsNeverPaused() {
    assertThat(pauses.admits("bucket", NOW)).isTrue();
    assertThat(pauses.admits("bucket", NOW)).isTrue();
  }

  @Test
  void oneTrialAtATimeIsAdmittedEverMoreRarely() {
    Instant at = NOW;
    for (long pause : new long[] {15, 30, 60, 120, 240, 300, 300}) {
      pauses.refused("bucket", at, at);
      assertThat(pauses.admits("bucket", at.plusSeconds(pause - 1))).isFalse();
      at = at.plusSeconds(pause);
      assertThat(pauses.admits("bucket", at)).as("after %s s", pause).isTrue();
      assertThat(pauses.admits("bucket", at)).as("a second one").isFalse();
    }
  }

  @Test
  void aTrialThatNeverEndsIsFollowedByAnother() {
    pauses.refused("bucket", NOW, NOW);
    assertThat(pauses.admits("bucket", NOW.plusSeconds(15))).isTrue();

    assertThat(pauses.admits("bucket", NOW.plusSeconds(30))).isTrue();
  }

  @Test
  void listingsThatWereUnderWayDoNotLengthenThePause() {
    for (int i = 0; i < 4; i++) {
      pauses.refused("bucket", NOW.minusSeconds(1), NOW);
    }

    assertThat(pauses.admits("bucket", NOW.plusSeconds(15))).isTrue();
  }

  @Test
  void anAnswerEndsThePauseAndAnotherBucketHasNone() {
    pauses.refused("bucket", NOW, NOW);
    assertThat(pauses.admits("other", NOW)).isTrue();

    pauses.answered("bucket");

    assertThat(pauses.admits("bucket", NOW)).isTrue();
    pauses.refused("bucket", NOW, NOW);
    assertThat(pauses.admits("bucket", NOW.plusSeconds(15))).isTrue();
  }

  @Test
  void aClockThatIsSetBackDoesNotLengthenThePause() {
    pauses.refused("bucket", NOW, NOW);

    assertThat(pauses.admits("bucket", NOW.minus(Duration.ofDays(1)))).isTrue();
  }
}
