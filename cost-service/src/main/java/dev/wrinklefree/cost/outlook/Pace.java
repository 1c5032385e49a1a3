package dev.wrinklefree.cost.outlook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast the work goes, by the newest readings on the same machines. A step that goes back, other
 * machines or another plan begin anew; until there are two readings again, the pace is the one
 * before. So neither a recovery nor the set-up of machines is taken for slow work.
 *
 * @param readings the newest, oldest first, on the same machines and never going back
 * @param secondsPerUnit the pace before {@code readings}; absent if none was known
 */
public record Pace(List<Reading> readings, @Nullable BigDecimal secondsPerUnit) {

  /** Nothing was heard. */
  public static final Pace UNKNOWN = new Pace(List.of(), null);

  /** Enough to even out single readings, few enough to follow a change of pace. */
  static final int MOST_READINGS = 32;

  /** Ten years: what takes longer by its pace has no pace worth the name. */
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(10 * 365 * 24 * 3600L);

  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /** Copies the list. */
  public Pace {
    readings = List.copyOf(readings);
  }

  /** With one more reading. */
  public Pace heard(Reading reading) {
    if (readings.isEmpty()) {
      return new Pace(List.of(reading), secondsPerUnit);
    }
    Reading last = readings.getLast();
    if (!reading.continues(last)) {
      boolean samePlan = reading.whole().equals(last.whole());
      return new Pace(List.of(reading), samePlan ? current().orElse(null) : null);
    }
    List<Reading> all = new ArrayList<>(readings);
    all.add(reading);
    return new Pace(
        all.subList(Math.max(0, all.size() - MOST_READINGS), all.size()), secondsPerUnit);
  }

  /**
   * How many seconds with machines the rest takes, from the time of {@code machineSeconds} on. What
   * passed since the last reading counts as work, but no longer than readings are apart: a run that
   * tells nothing any more is not nearly done.
   *
   * @return empty while the pace is unknown
   */
  public Optional<BigDecimal> secondsLeft(long machineSeconds) {
    return current()
        .map(
            pace -> {
              Reading last = readings.getLast();
              BigDecimal rest = last.left().multiply(pace, PRECISION);
              long since = Math.max(0, machineSeconds - last.machineSeconds());
              return rest.subtract(BigDecimal.valueOf(Math.min(since, gap()))).max(BigDecimal.ZERO);
            })
        .filter(seconds -> seconds.compareTo(MOST_SECONDS) <= 0);
  }

  private Optional<BigDecimal> current() {
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal done = readings.getLast().done().subtract(readings.getFirst().done());
    long seconds = seconds();
    return done.signum() > 0 && seconds > 0
        ? Optional.of(BigDecimal.valueOf(seconds).divide(done, PRECISION))
        : Optional.ofNullable(secondsPerUnit);
  }

  private long gap() {
    return readings.size() < 2 ? 0 : (seconds() + readings.size() - 2) / (readings.size() - 1);
  }

  private long seconds() {
    return readings.getLast().machineSeconds() - readings.getFirst().machineSeconds();
  }
}
