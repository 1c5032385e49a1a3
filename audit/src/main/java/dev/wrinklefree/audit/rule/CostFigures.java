package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.rule.MachineTime.Machines;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.Interval;
import dev.wrinklefree.contract.event.CostUpdated.Pricing;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes the figures of a cost event anew and says what differs. */
final class CostFigures {

  /**
   * Seconds that a cloud bills at least for each start: Google Cloud and Amazon EC2 bill by the
   * second with a minimum of a minute, Nebius without one.
   */
  private static final Map<String, Long> MINIMUM_SECONDS = Map.of("gcp", 60L, "aws", 60L);

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final int DECIMALS = 6;

  private CostFigures() {}

  /**
   * What is wrong with the sums of an event, whatever the job states are.
   *
   * @return a sentence; empty if nothing is
   */
  static Optional<String> wrongSum(CostUpdated cost) {
    BigDecimal sum = BigDecimal.ZERO;
    long unpriced = 0;
    for (Interval interval : cost.intervals()) {
      Money perHour = interval.perHour();
      Money amount = interval.amount();
      if (perHour == null || amount == null) {
        unpriced++;
        if (perHour != amount) {
          return Optional.of("An interval has a price or an amount, and not both.");
        }
        continue;
      }
      if (!isAmount(interval, perHour, amount)) {
        return Optional.of(
            "%s for %d s at %s per hour is not what these give."
                .formatted(amount.amount(), interval.seconds(), perHour.amount()));
      }
      sum = sum.add(amount.amount());
    }
    CostUpdated.Earlier earlier = cost.earlier();
    long count = cost.intervals().size();
    if (earlier != null) {
      sum = sum.add(earlier.amount().amount());
      unpriced += earlier.unpriced();
      count += earlier.count();
    }
    Pricing pricing =
        unpriced == 0 ? Pricing.KNOWN : unpriced == count ? Pricing.UNKNOWN : Pricing.PARTIAL;
    if (cost.pricing() != pricing) {
      return Optional.of("Pricing is %s and must be %s.".formatted(cost.pricing(), pricing));
    }
    return wrongTotal(cost, pricing == Pricing.UNKNOWN ? null : sum);
  }

  private static Optional<String> wrongTotal(CostUpdated cost, @Nullable BigDecimal sum) {
    BigDecimal spent = cost.spent() == null ? null : cost.spent().amount();
    if (spent == null || sum == null ? spent != sum : spent.compareTo(sum) != 0) {
      return Optional.of("Spent is %s, and the intervals add up to %s.".formatted(spent, sum));
    }
    BigDecimal perHour = cost.perHour() == null ? null : cost.perHour().amount();
    BigDecimal now =
        cost.intervals().stream()
            .filter(interval -> interval.to() == null)
            .map(Interval::perHour)
            .filter(Objects::nonNull)
            .findFirst()
            .map(Money::amount)
            .orElse(null);
    return Objects.equals(perHour, now)
        ? Optional.empty()
        : Optional.of("Per hour is %s, and the open interval says %s.".formatted(perHour, now));
  }

  private static boolean isAmount(Interval interval, Money perHour, Money amount) {
    long minimum =
        MINIMUM_SECONDS.getOrDefault(Objects.requireNonNullElse(interval.cloud(), ""), 0L);
    long billed = Math.max(interval.seconds(), minimum);
    BigDecimal exact =
        perHour
            .amount()
            .multiply(BigDecimal.valueOf(billed))
            .divide(SECONDS_PER_HOUR, DECIMALS, RoundingMode.HALF_UP);
    return amount.amount().compareTo(exact) == 0;
  }

  /** Whether an event's intervals are these machines, as of its own time. */
  static boolean areThose(CostUpdated cost, List<Machines> machines) {
    int earlier = cost.earlier() == null ? 0 : cost.earlier().count();
    if (earlier + cost.intervals().size() != machines.size()) {
      return false;
    }
    long earlierSeconds = 0;
    for (int i = 0; i < earlier; i++) {
      earlierSeconds += seconds(machines.get(i), cost.asOf());
    }
    if (cost.earlier() != null && cost.earlier().seconds() != earlierSeconds) {
      return false;
    }
    for (int i = 0; i < cost.intervals().size(); i++) {
      if (!isThat(cost.intervals().get(i), machines.get(earlier + i), cost.asOf())) {
        return false;
      }
    }
    boolean open = !machines.isEmpty() && machines.getLast().to() == null;
    return cost.accruing() == open;
  }

  private static boolean isThat(Interval interval, Machines machines, Instant asOf) {
    Placement place = machines.placement();
    return interval.from().equals(machines.from())
        && Objects.equals(interval.to(), machines.to())
        && interval.seconds() == seconds(machines, asOf)
        && interval.nodes() == (place == null ? 1 : place.nodes())
        && interval.spot() == (place != null && place.spot())
        && Objects.equals(interval.cloud(), place == null ? null : place.cloud())
        && Objects.equals(interval.region(), place == null ? null : place.region())
        && Objects.equals(interval.instanceType(), place == null ? null : place.instanceType())
        && Objects.equals(interval.accelerators(), place == null ? null : place.accelerators());
  }

  private static long seconds(Machines machines, Instant asOf) {
    Instant end = machines.to() == null ? asOf : machines.to();
    return Math.max(0, Duration.between(machines.from(), end).toSeconds());
  }
}
