package dev.wrinklefree.contract.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
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
 * @param atRisk spent since the last complete checkpoint; absent until it is computed
 * @param forecast expected total; absent until it is computed
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
    @Nullable Money forecast)
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
      boolean stale) {}

  /**
   * Intervals that are not listed one by one any more; all of them have ended.
   *
   * @param count how many
   * @param seconds their lengths together, in seconds
   * @param unpriced how many of them have no price
   * @param amount the money of those that have one
   */
  public record Earlier(int count, long seconds, int unpriced, Money amount) {}
}
