package dev.wrinklefree.monitor.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run's loss has moved since the trainer last began.
 *
 * @param step of the last value
 * @param notFinite whether the last value was NaN or infinite
 * @param recent the latest finite values, one per step that was seen
 * @param floor the lowest level that was reached: the lowest median of {@value #LEVEL} values in a
 *     row; absent before there were so many
 */
public record LossCourse(
    @Nullable Long step, boolean notFinite, List<Double> recent, @Nullable Double floor) {

  /** Of a run that has told no loss. */
  public static final LossCourse NONE = new LossCourse(null, false, List.of(), null);

  /** Values whose median is the loss's level: four wild ones among them change nothing. */
  static final int LEVEL = 9;

  /** Values remembered. */
  static final int REMEMBERED = 40;

  /** Values before there is a judgement. */
  static final int ENOUGH = 20;

  /** The median distance of two neighbours, in standard deviations of normal noise: 0.6745 · √2. */
  private static final double NEIGHBOUR_DISTANCE = 0.9539;

  /** Copies the list. */
  public LossCourse {
    recent = recent == null ? List.of() : List.copyOf(recent);
  }

  /**
   * How far the loss is above the lowest level it had.
   *
   * @param floor that level
   * @param level its level now
   * @param noise standard deviation from one value to the next, without the trend and without wild
   *     values, before the last {@value LossCourse#LEVEL}
   */
  public record Rise(double floor, double level, double noise) {}

  /** After one more look. */
  public LossCourse after(Figures figures) {
    Long now = figures.step();
    boolean again = now != null && step != null && now < step;
    LossCourse before = again ? NONE : this;
    if (figures.loss() == null) {
      return new LossCourse(
          now == null ? before.step : now, figures.lossIsNotFinite(), before.recent, before.floor);
    }
    boolean isNew =
        now == null
            ? before.recent.isEmpty() || !before.recent.getLast().equals(figures.loss())
            : !now.equals(before.step);
    List<Double> values =
        isNew ? Recent.adding(before.recent, figures.loss(), REMEMBERED) : before.recent;
    return new LossCourse(now, false, values, lower(before.floor, values));
  }

  /** How far it has risen, once there are values enough. */
  public Optional<Rise> rise() {
    if (floor == null || recent.size() < ENOUGH) {
      return Optional.empty();
    }
    List<Double> earlier = recent.subList(0, recent.size() - LEVEL);
    List<Double> distances = new ArrayList<>();
    for (int i = 1; i < earlier.size(); i++) {
      distances.add(Math.abs(earlier.get(i) - earlier.get(i - 1)));
    }
    return Optional.of(new Rise(floor, level(recent), Median.of(distances) / NEIGHBOUR_DISTANCE));
  }

  private static @Nullable Double lower(@Nullable Double floor, List<Double> values) {
    if (values.size() < LEVEL) {
      return floor;
    }
    double level = level(values);
    return floor == null || level < floor ? Double.valueOf(level) : floor;
  }

  private static double level(List<Double> values) {
    return Median.of(Recent.last(values, LEVEL));
  }
}
