package dev.wrinklefree.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.delivery.webhook.RetryPlan.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(10));
  private static final double MIDDLE = 0.5;

  private final RetryPlan plan = new RetryPlan(DELAYS);

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 299})
  void isDoneWithAnAcknowledgement(int status) {
    assertThat(plan.after(answer(status), 1, NOW, NOW, MIDDLE)).isEqualTo(new Next.Done());
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 301, 302, 307, 400, 401, 404, 429, 500, 503})
  void triesAgainAfterAnythingElse(int status) {
    assertThat(plan.after(answer(status), 1, NOW, NOW, MIDDLE))
        .isEqualTo(new Next.Again(NOW.plusSeconds(5)));
  }

  @Test
  void believesAReceiverThatIsGone() {
    assertThat(plan.after(answer(410), 1, NOW, NOW, MIDDLE)).isEqualTo(new Next.Gone());
  }

  /** With every wait as long or as short as chance can make it. */
  @Property(tries = 100, seed = "20261123")
  void triesEightTimesInAboutADay(@ForAll @DoubleRange(max = 1) double chance) {
    Instant at = NOW;
    for (int tries = 1; tries <= 7; tries++) {
      Next next = plan.after(new Attempt.Unanswered("x"), tries, NOW, at, chance);
      assertThat(next).isInstanceOf(Next.Again.class);
      Instant again = ((Next.Again) next).at();
      Duration wait = DELAYS.get(tries - 1);
      assertThat(Duration.between(at, again))
          .isBetween(wait.multipliedBy(8).dividedBy(10), wait.multipliedBy(12).dividedBy(10));
      at = again;
    }
    assertThat(plan.after(new Attempt.Unanswered("x"), 8, NOW, at, chance))
        .isEqualTo(new Next.Dead());
    assertThat(Duration.between(NOW, at)).isBetween(Duration.ofHours(22), Duration.ofHours(34));
  }

  @Test
  void waitsAsLongAsTheReceiverAsksButNotForEver() {
    assertThat(plan.after(answer(429, Duration.ofMinutes(10)), 1, NOW, NOW, MIDDLE))
        .isEqualTo(new Next.Again(NOW.plus(Duration.ofMinutes(10))));
    assertThat(plan.after(answer(503, Duration.ofSeconds(1)), 2, NOW, NOW, MIDDLE))
        .isEqualTo(new Next.Again(NOW.plus(Duration.ofMinutes(5))));
    assertThat(plan.after(answer(503, Duration.ofDays(365)), 1, NOW, NOW, MIDDLE))
        .isEqualTo(new Next.Again(NOW.plus(Duration.ofDays(1))));
  }

  @Test
  void triesOnceWhatWaitedBehindOthersForLongerThanAllRetriesTake() {
    Instant old = NOW.minus(Duration.ofHours(40));
    assertThat(plan.after(answer(500), 1, old, NOW, MIDDLE)).isEqualTo(new Next.Dead());
    assertThat(plan.after(answer(200), 1, old, NOW, MIDDLE)).isEqualTo(new Next.Done());
  }

  private static Attempt answer(int status) {
    return new Attempt.Answered(status, null);
  }

  private static Attempt answer(int status, Duration retryAfter) {
    return new Attempt.Answered(status, retryAfter);
  }
}
