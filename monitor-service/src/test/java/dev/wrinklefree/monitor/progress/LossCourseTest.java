package dev.wrinklefree.monitor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class LossCourseTest {

  @Test
  void saysNothingBeforeThereAreValuesEnough() {
    assertThat(after(19, step -> 3).rise()).isEmpty();
    assertThat(after(20, step -> 3).rise()).isPresent();
  }

  @Test
  void levelFollowsNeitherSpikesNorTheTrendDown() {
    LossCourse course = after(40, step -> step % 9 == 0 ? 90 : 10 - step / 10.0);
    LossCourse.Rise rise = course.rise().orElseThrow();
    assertThat(rise.level()).isLessThan(7);
    assertThat(rise.level() - rise.floor()).isLessThan(1);
  }

  @Test
  void noiseIsThatOfTheValuesWithoutTheirTrend() {
    Random random = new Random(5);
    LossCourse course = after(200, step -> 20 - step * 0.01 + 0.2 * random.nextGaussian());
    assertThat(course.rise().orElseThrow().noise()).isBetween(0.1, 0.35);
  }

  @Test
  void repeatedLookAtOneStepIsOneValue() {
    LossCourse course = after(3, step -> step);
    assertThat(course.after(figures(2, 99.0)).recent()).containsExactly(0.0, 1.0, 2.0);
  }

  @Test
  void beginsAnewWhenTheStepGoesBack() {
    LossCourse course = after(30, step -> 3).after(figures(0, 11.0));
    assertThat(course.recent()).containsExactly(11.0);
    assertThat(course.floor()).isNull();
  }

  @Test
  void valueThatIsNoNumberIsNotedAndKeepsTheRest() {
    Figures nan = new Figures(4L, null, null, null, null, null, null, null, List.of("loss"));
    LossCourse course = after(3, step -> 3).after(nan);
    assertThat(course.notFinite()).isTrue();
    assertThat(course.recent()).hasSize(3);
    assertThat(course.after(figures(5, 3.0)).notFinite()).isFalse();
  }

  private static LossCourse after(int steps, IntToDoubleFunction loss) {
    LossCourse course = LossCourse.NONE;
    for (int step = 0; step < steps; step++) {
      course = course.after(figures(step, loss.applyAsDouble(step)));
    }
    return course;
  }

  private static Figures figures(long step, double loss) {
    return new Figures(step, loss, null, null, null, null, null, null, List.of());
  }
}
