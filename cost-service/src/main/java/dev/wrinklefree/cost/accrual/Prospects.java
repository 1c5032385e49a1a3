package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated.CheckpointAdvice;
import dev.wrinklefree.contract.event.CostUpdated.Pricing;
import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.outlook.LossRate;
import dev.wrinklefree.cost.outlook.SaveRhythm;
import dev.wrinklefree.cost.outlook.Young;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is still to come of a run, as of an instant. */
final class Prospects {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  private final RunCost run;
  private final Instant asOf;

  Prospects(RunCost run, Instant asOf) {
    this.run = run;
    this.asOf = asOf;
  }

  /**
   * Expected total: {@code spent + per hour * (rest + lost)}, with the rest by the work's pace,
   * else by the quote's hours. {@code lost} is the work that is expected to be done twice: {@code
   * rest / mean time between losses * half an interval between checkpoints}, on machines that are
   * interruptible or were lost before.
   */
  @Nullable Money forecast(Pricing pricing, @Nullable Money spent) {
    if (run.ended() || spent == null) {
      return spent;
    }
    Optional<Money> rate = perHour();
    if (pricing != Pricing.KNOWN || rate.isEmpty()) {
      return null;
    }
    return remaining()
        .map(rest -> spent.plus(money(rate.get(), rest.seconds().add(again(rest.seconds())))))
        .orElse(null);
  }

  /** How long the run still needs machines, without work that has to be done twice. */
  Optional<Remaining> remaining() {
    if (run.ended()) {
      return Optional.empty();
    }
    return run.outlook()
        .pace()
        .secondsLeft(machineSeconds())
        .map(seconds -> new Remaining(seconds, "the pace of the run"))
        .or(this::byQuote);
  }

  private Optional<Remaining> byQuote() {
    Quote quote = run.outlook().quote();
    if (quote == null) {
      return Optional.empty();
    }
    BigDecimal seconds =
        quote
            .hours()
            .multiply(SECONDS_PER_HOUR)
            .subtract(BigDecimal.valueOf(machineSeconds() - lostSeconds()));
    return seconds.signum() > 0
        ? Optional.of(new Remaining(seconds, quote.hoursSource()))
        : Optional.empty();
  }

  /** How often to write checkpoints, as far as enough is known. */
  @Nullable CheckpointAdvice advice() {
    SaveRhythm rhythm = run.outlook().rhythm();
    Long interval = rhythm.intervalSeconds();
    Long save = rhythm.saveSeconds();
    String saveSource = rhythm.saveSource();
    Optional<Money> rate = perHour();
    if (interval == null || save == null || saveSource == null || rate.isEmpty()) {
      return null;
    }
    LossRate losses = lossRate();
    long mean = Math.round(losses.meanSeconds());
    return Young.interval(save, mean).stream()
        .mapToObj(
            advised ->
                new CheckpointAdvice(
                    interval,
                    advised,
                    save,
                    saveSource,
                    mean,
                    losses.source(),
                    rate.get()
                        .times(
                            BigDecimal.valueOf(
                                Math.max(
                                    0,
                                    Young.waste(interval, save, mean)
                                        - Young.waste(advised, save, mean))))))
        .findFirst()
        .orElse(null);
  }

  private BigDecimal again(BigDecimal seconds) {
    Long interval = run.outlook().rhythm().intervalSeconds();
    if (interval == null
        || (run.losses() == 0 && !placement().map(Placement::spot).orElse(false))) {
      return BigDecimal.ZERO;
    }
    return seconds.multiply(
        BigDecimal.valueOf(lossRate().lostShare(interval)), MathContext.DECIMAL64);
  }

  LossRate lossRate() {
    return LossRate.of(
        run.losses(),
        machineSeconds(),
        placement().map(Placement::spot).orElse(false),
        placement()
            .filter(place -> place.accelerators() != null)
            .map(place -> place.nodes() * gpus(place.accelerators()))
            .orElse(1));
  }

  /** The present machines' price, or that of the last ones, or the expected one. */
  private Optional<Money> perHour() {
    if (run.intervals().isEmpty()) {
      return Optional.ofNullable(run.outlook().quote()).map(Quote::perHour);
    }
    return run.intervals().getLast().perHour();
  }

  private Optional<Placement> placement() {
    return run.intervals().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(run.intervals().getLast().interval().placement());
  }

  private long machineSeconds() {
    return run.machineSecondsUpTo(asOf);
  }

  private long lostSeconds() {
    return lost().mapToLong(interval -> interval.secondsSinceSaved(asOf)).sum();
  }

  private Stream<PricedInterval> lost() {
    return IntStream.range(0, run.intervals().size())
        .filter(run::lostItsWork)
        .mapToObj(run.intervals()::get);
  }

  private static int gpus(@Nullable Accelerators accelerators) {
    return accelerators == null ? 1 : accelerators.count();
  }

  private static Money money(Money perHour, BigDecimal seconds) {
    return new Money(
        perHour
            .amount()
            .multiply(seconds)
            .divide(SECONDS_PER_HOUR, Money.COMPUTED_SCALE, RoundingMode.HALF_UP),
        perHour.currency());
  }
}
