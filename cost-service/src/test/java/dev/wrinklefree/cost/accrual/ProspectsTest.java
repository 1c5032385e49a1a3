package dev.wrinklefree.cost.accrual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.CheckpointAdvice;
import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.metering.MachineInterval;
import dev.wrinklefree.cost.metering.Said;
import dev.wrinklefree.cost.outlook.Outlook;
import dev.wrinklefree.cost.outlook.Pace;
import dev.wrinklefree.cost.outlook.Reading;
import dev.wrinklefree.cost.outlook.SaveRhythm;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run at 36 dollars per hour, a cent per second, that was quoted two hours. */
class ProspectsTest {

  private static final String SEED = "20261123";
  private static final Placement ON_DEMAND =
      new Placement("aws", "us-east-2", null, "p5", new Accelerators("H100", 8), false, 1);
  private static final Placement SPOT =
      new Placement("aws", "us-east-2", null, "p5", new Accelerators("H100", 8), true, 1);
  private static final Quote QUOTE =
      new Quote(
          Money.usd("72"),
          Money.usd("36"),
          BigDecimal.TWO,
          "guide",
          "aws",
          null,
          null,
          false,
          "list",
          null,
          true);

  @Test
  void shouldExpectTheQuoteBeforeThereAreMachines() {
    CostUpdated cost = run(List.of(), false, quoted()).asOf(Said.minute(0));

    assertThat(cost.forecast()).isEqualTo(Money.usd("72"));
    assertThat(cost.quote()).isEqualTo(QUOTE);
  }

  @Test
  void shouldExpectTheQuotedTimeWhileThePaceIsUnknown() {
    assertThat(forecast(open(ON_DEMAND), quoted(), 30)).isEqualTo(Money.usd("72"));
  }

  @Test
  void shouldExpectNothingBeyondTheQuotedTime() {
    assertThat(forecast(open(ON_DEMAND), quoted(), 121)).isNull();
    assertThat(forecast(open(ON_DEMAND), Outlook.UNKNOWN, 30)).isNull();
  }

  @Test
  void shouldAddLostWorkToTheQuotedTime() {
    List<PricedInterval> intervals =
        List.of(interval(0, 30, ON_DEMAND, 20), interval(40, null, ON_DEMAND, null));

    // 20 of 120 minutes were saved and 10 lost; 100 are still to do from minute 40 on.
    assertThat(run(intervals, false, quoted()).asOf(Said.minute(40)).forecast())
        .isEqualTo(Money.usd("78"));
  }

  @Test
  void shouldBelieveThePaceMoreThanTheQuote() {
    Outlook outlook = quoted().at(pace(0, 100, 10, 6));

    assertThat(forecast(open(ON_DEMAND), outlook, 10)).isEqualTo(Money.usd("60.00"));
  }

  @Test
  void shouldExpectWorkToBeDoneTwiceOnSpotMachines() {
    Outlook outlook = quoted().saving(new SaveRhythm(3600L, 60L, "measured"));

    // 86,400 s assumed and none lost: 7,200 s * 1,800 / 86,400 are 150 s more.
    assertThat(forecast(open(SPOT), outlook, 0)).isEqualTo(Money.usd("73.50"));
    assertThat(forecast(open(ON_DEMAND), outlook, 0)).isEqualTo(Money.usd("72"));
  }

  @Test
  void shouldExpectNothingWhereAPriceIsUnknown() {
    PricedInterval unpriced =
        new PricedInterval(
            new MachineInterval(Said.T0, null, ON_DEMAND), null, Duration.ZERO, null);

    assertThat(run(List.of(unpriced), false, quoted()).asOf(Said.minute(10)).forecast()).isNull();
  }

  @Test
  void shouldAdviseAnIntervalAndSayWhatThePresentOneWastes() {
    Outlook outlook = quoted().saving(new SaveRhythm(600L, 20L, "measured"));

    CheckpointAdvice advice =
        Objects.requireNonNull(
            run(List.of(open(SPOT)), false, outlook).asOf(Said.minute(60)).advice());

    // (86,400 + 3,600) s: sqrt(2 * 20 * 90,000) = 1,897 s.
    assertThat(advice.advisedSeconds()).isEqualTo(1897);
    assertThat(advice.intervalSeconds()).isEqualTo(600);
    assertThat(advice.saveSeconds()).isEqualTo(20);
    assertThat(advice.meanSecondsBetweenLosses()).isEqualTo(90_000);
    assertThat(advice.lossRateSource()).startsWith("assumed for spot machines");
    // (20/600 + 600/180,000) - (20/1,897 + 1,897/180,000) = 0.015585, at 36 dollars.
    assertThat(advice.wastedPerHour().amount().doubleValue()).isCloseTo(0.561, offset(0.001));
  }

  @Test
  void shouldAdviseNothingWhileTheRhythmIsUnknown() {
    Outlook outlook = quoted().saving(new SaveRhythm(null, 20L, "measured"));

    assertThat(run(List.of(open(SPOT)), false, outlook).asOf(Said.minute(60)).advice()).isNull();
  }

  @Property(seed = SEED)
  void theForecastIsNeverBelowWhatIsSpentAndAtTheEndItIsThat(
      @ForAll @IntRange(max = 10_000) int minute,
      @ForAll @LongRange(max = 1_000_000) long interval,
      @ForAll @Size(max = 10) List<@IntRange(max = 100_000) Integer> readings,
      @ForAll boolean spot) {
    Pace pace = Pace.UNKNOWN;
    for (int i = 0; i < readings.size(); i++) {
      pace = pace.heard(reading(60L * i, readings.get(i), 100_000));
    }
    Outlook outlook = quoted().at(pace).saving(new SaveRhythm(interval + 1, 20L, "measured"));
    Placement placement = spot ? SPOT : ON_DEMAND;

    CostUpdated cost = run(List.of(open(placement)), false, outlook).asOf(Said.minute(minute));
    Money forecast = cost.forecast();
    if (forecast != null) {
      assertThat(forecast.amount())
          .isGreaterThanOrEqualTo(Objects.requireNonNull(cost.spent()).amount());
    }
    CostUpdated ended =
        run(List.of(interval(0, minute, placement, null)), true, outlook)
            .asOf(Said.minute(minute + 5));
    assertThat(ended.forecast()).isEqualTo(ended.spent());
  }

  @Property(seed = SEED)
  void atAConstantRateTheForecastIsTheTotalFromTheSecondReadingOn(
      @ForAll @IntRange(min = 1, max = 60) int secondsPerStep,
      @ForAll @IntRange(min = 20, max = 2000) int steps,
      @ForAll @IntRange(max = 3600) int setUp,
      @ForAll @IntRange(min = 1, max = 10) int every) {
    long total = setUp + (long) steps * secondsPerStep;
    Pace pace = Pace.UNKNOWN;
    List<BigDecimal> forecasts = new ArrayList<>();
    for (int step = 0; step <= steps; step += every) {
      long at = setUp + (long) step * secondsPerStep;
      pace = pace.heard(reading(at, step, steps));
      if (step > 0) {
        forecasts.add(
            Objects.requireNonNull(
                    run(List.of(open(ON_DEMAND)), false, quoted().at(pace))
                        .asOf(Said.T0.plusSeconds(at))
                        .forecast())
                .amount());
      }
    }
    assertThat(forecasts)
        .allSatisfy(
            forecast ->
                assertThat(forecast.doubleValue()).isCloseTo(total / 100.0, offset(0.00001)));
  }

  private static Outlook quoted() {
    return Outlook.UNKNOWN.quoted(QUOTE);
  }

  /** Two readings, minutes and tenths of the whole. */
  private static Pace pace(long from, long whole, long to, long percent) {
    return Pace.UNKNOWN
        .heard(reading(60 * from, 0, whole))
        .heard(reading(60 * to, percent * whole / 100 + 4, whole));
  }

  private static Reading reading(long seconds, long done, long whole) {
    return new Reading(Said.T0, seconds, BigDecimal.valueOf(done), BigDecimal.valueOf(whole));
  }

  private static @Nullable Money forecast(PricedInterval interval, Outlook outlook, int minute) {
    return run(List.of(interval), false, outlook).asOf(Said.minute(minute)).forecast();
  }

  private static RunCost run(List<PricedInterval> intervals, boolean ended, Outlook outlook) {
    return RunCost.empty(new RunId("my-run")).metered(intervals, ended).expecting(outlook);
  }

  private static PricedInterval open(Placement placement) {
    return interval(0, null, placement, null);
  }

  private static PricedInterval interval(
      int from, @Nullable Integer to, Placement placement, @Nullable Integer savedAt) {
    Instant saved = savedAt == null ? null : Said.minute(savedAt);
    return new PricedInterval(
        new MachineInterval(Said.minute(from), to == null ? null : Said.minute(to), placement),
        new PinnedPrice(Money.usd("36"), "list", null),
        Duration.ZERO,
        saved);
  }
}
