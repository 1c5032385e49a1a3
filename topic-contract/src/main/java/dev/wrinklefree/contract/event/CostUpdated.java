package dev.wrinklefree.contract.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the run has cost up to {@code asOf}: list prices of its machines, without disks, storage,
 * traffic, taxes and discounts. A figure that rests on an unknown price is absent, never zero.
 *
 * @param runId the run
 * @param asOf the instant up to which money is counted
 * @param pricing whether every interval has a price
 * @param currency ISO 4217 code of all figures
 * @param spent sum of the priced intervals, zero before there are any machines; absent where there
 *     are intervals and none is priced
 * @param perHour what the run costs per hour now; absent where no machines exist or the price is
 *     unknown
 * @param accruing whether machines exist now
 * @param ended whether the job has ended
 * @param stalePrice whether a price used is older than 30 days
 * @param intervals the newest intervals in which machines existed, at most {@link #MOST_INTERVALS},
 *     oldest first
 * @param earlier the sum of the intervals before those; absent where all are listed
 * @param atRisk what would be lost if the machines went away now: spent on them since their last
 *     complete checkpoint; absent where no machines exist or the price is unknown
 * @param lost spent on work that went away with its machines: the sum over all such intervals;
 *     absent where nothing was lost or no price is known
 * @param unitCosts what the money bought so far; absent where nothing is priced
 * @param budget how the run stands against its budget; absent without a budget
 * @param forecast expected total when the run is done; absent where nothing says how long it takes
 * @param quote what such a run was expected to cost when it was accepted; absent where its price or
 *     its duration was unknown
 * @param advice how often to write checkpoints; absent where too little is known
 */
public record CostUpdated(
    RunId runId,
    Instant asOf,
    Pricing pricing,
    String currency,
    @Nullable Money spent,
    @Nullable Money perHour,
    boolean accruing,
    boolean ended,
    boolean stalePrice,
    List<Interval> intervals,
    @Nullable Earlier earlier,
    @Nullable Money atRisk,
    @Nullable Money lost,
    @Nullable UnitCosts unitCosts,
    @Nullable BudgetStatus budget,
    @Nullable Money forecast,
    @Nullable Quote quote,
    @Nullable CheckpointAdvice advice)
    implements EventData {

  /** How many intervals are listed one by one, so that an event stays far below its size limit. */
  public static final int MOST_INTERVALS = 100;

  /** Copies the list. */
  public CostUpdated {
    intervals = Absent.list(intervals);
  }

  /** How much of the run has a price. */
  public enum Pricing {
    /** Every interval is priced; also before there are any. */
    KNOWN("known"),
    /** Some intervals are priced: {@code spent} is a lower bound. */
    PARTIAL("partial"),
    /** There are intervals, and none is priced. */
    UNKNOWN("unknown");

    private final String word;

    Pricing(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /**
   * A time in which machines existed. Its price is pinned at its start and never changed.
   *
   * @param from inclusive
   * @param to exclusive; absent while machines still exist
   * @param seconds length in seconds, up to {@code asOf} while it is open
   * @param cloud lower-case cloud name
   * @param region region, where known
   * @param instanceType machine type, where known
   * @param accelerators GPUs per node, where known
   * @param spot whether the machines are interruptible
   * @param nodes number of machines
   * @param perHour price of all nodes per hour; absent if unknown
   * @param amount money of this interval; absent if the price is unknown
   * @param priceSource where the price comes from; absent if unknown
   * @param priceDate the day the price was read at its source; absent if unknown
   * @param stale whether the price was older than 30 days at the interval's start
   * @param savedAt the last complete checkpoint written in this interval; absent if there is none
   * @param lost money of the time after {@code savedAt}, where the machines went away before the
   *     work was done; absent if nothing was lost or the price is unknown
   */
  public record Interval(
      Instant from,
      @Nullable Instant to,
      long seconds,
      @Nullable String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      @Nullable Accelerators accelerators,
      boolean spot,
      int nodes,
      @Nullable Money perHour,
      @Nullable Money amount,
      @Nullable String priceSource,
      @Nullable LocalDate priceDate,
      boolean stale,
      @Nullable Instant savedAt,
      @Nullable Money lost) {}

  /**
   * Intervals that are not listed one by one any more; all of them have ended.
   *
   * @param count how many
   * @param seconds their lengths together, in seconds
   * @param unpriced how many of them have no price
   * @param amount the money of those that have one
   */
  public record Earlier(int count, long seconds, int unpriced, Money amount) {}

  /**
   * The money spent so far, divided by what it bought, rounded half up to a millionth.
   *
   * @param checkpoints complete checkpoints written
   * @param steps the highest step reached, as far as it is known
   * @param tokens the most tokens processed, as far as they are known
   * @param perCheckpoint absent before there is a checkpoint
   * @param perThousandSteps absent while the step is unknown or zero
   * @param perMillionTokens absent while the tokens are unknown or zero
   */
  public record UnitCosts(
      int checkpoints,
      @Nullable Long steps,
      @Nullable Long tokens,
      @Nullable Money perCheckpoint,
      @Nullable Money perThousandSteps,
      @Nullable Money perMillionTokens) {}

  /**
   * What a run was expected to cost, at the first place that was to be tried.
   *
   * @param total {@code perHour} for {@code hours}
   * @param perHour price of all machines per hour
   * @param hours expected duration in hours, a decimal string on the wire
   * @param hoursSource where the duration comes from
   * @param cloud lower-case cloud name
   * @param region region, where the price depends on it
   * @param instanceType machine type, where known
   * @param spot whether the machines are interruptible
   * @param priceSource where the price comes from
   * @param priceDate the day the price was read at its source; absent if that is not known
   * @param stale whether the price was older than 30 days, or of unknown age
   */
  public record Quote(
      Money total,
      Money perHour,
      @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal hours,
      String hoursSource,
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      boolean spot,
      String priceSource,
      @Nullable LocalDate priceDate,
      boolean stale) {}

  /**
   * How often to write checkpoints, by Young's first-order formula: the square root of twice the
   * time that saving takes times the mean time between losses of the machines.
   *
   * @param intervalSeconds seconds between checkpoints, as observed
   * @param advisedSeconds the interval that loses least
   * @param saveSeconds seconds that saving one takes
   * @param saveSource how that is known: measured, or assumed from its size
   * @param meanSecondsBetweenLosses how long machines stay, on average
   * @param lossRateSource where that comes from
   * @param wastedPerHour what the present interval wastes per hour beyond the advised one
   */
  public record CheckpointAdvice(
      long intervalSeconds,
      long advisedSeconds,
      long saveSeconds,
      String saveSource,
      long meanSecondsBetweenLosses,
      String lossRateSource,
      Money wastedPerHour) {}

  /**
   * How a run stands against its budget.
   *
   * @param limit most that it may cost
   * @param action what happens when the limit is passed
   * @param level how much is used up
   * @param overshoot spent beyond the limit; absent within it
   */
  public record BudgetStatus(
      Money limit, Budget.Action action, Level level, @Nullable Money overshoot) {

    /** How much of a budget is used up. */
    public enum Level {
      /** Less than four fifths. */
      WITHIN("within"),
      /** Four fifths or more. */
      NEAR("near"),
      /** More than all of it. */
      PASSED("passed");

      private final String word;

      Level(String word) {
        this.word = word;
      }

      /** The word on the wire. */
      @JsonValue
      public String word() {
        return word;
      }
    }
  }
}
