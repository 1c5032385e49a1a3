package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.pricing.Prices;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Estimates from known training times and the price book; what is not known is left out. */
public final class Estimator {

  private final Prices prices;
  private final Profiles profiles;
  private final Durations durations;
  private final Clock clock;

  /** Estimates what {@code profiles} know with prices of {@code prices}. */
  public Estimator(Prices prices, Profiles profiles, Durations durations, Clock clock) {
    this.prices = prices;
    this.profiles = profiles;
    this.durations = durations;
    this.clock = clock;
  }

  /**
   * What a run of that model on that scale would cost.
   *
   * @throws UnknownProfileException if the model or the scale is missing or unknown
   */
  public Estimate estimate(@Nullable String model, @Nullable String scale)
      throws UnknownProfileException {
    List<Violation> violations = new ArrayList<>();
    check("model", model, profiles.models()).ifPresent(violations::add);
    check("scale", scale, profiles.scaleNames()).ifPresent(violations::add);
    if (model == null || scale == null || !violations.isEmpty()) {
      throw new UnknownProfileException(violations);
    }
    Accelerators accelerators = profiles.accelerators(scale).orElseThrow();
    Optional<KnownTime> time = durations.usual(profiles.template(), model, scale);
    return new Estimate(
        model,
        scale,
        time.map(KnownTime::hours).orElse(null),
        time.map(KnownTime::source).orElse(null),
        offers(accelerators, time));
  }

  private List<Estimate.Offer> offers(Accelerators accelerators, Optional<KnownTime> time) {
    Instant now = clock.instant();
    return prices.rows().stream()
        .filter(row -> row.accelerators().equals(accelerators))
        .sorted(
            Comparator.<PriceRow>comparingInt(row -> profiles.rank(row.cloud()))
                .thenComparing(PriceRow::cloud)
                .thenComparing(row -> row.perHour().amount()))
        .map(
            row ->
                new Estimate.Offer(
                    row.cloud(),
                    row.region(),
                    row.instanceType(),
                    row.accelerators(),
                    row.spot(),
                    row.perHour(),
                    time.map(known -> row.perHour().times(known.hours())).orElse(null),
                    row.source(),
                    row.asOf(),
                    row.staleAt(now)))
        .toList();
  }

  private static Optional<Violation> check(
      String parameter, @Nullable String value, List<String> known) {
    if (value == null || value.isBlank()) {
      return Optional.of(
          new Violation(parameter, "missing", "give one of " + String.join(", ", known)));
    }
    return known.contains(value)
        ? Optional.empty()
        : Optional.of(
            new Violation(
                parameter,
                "unknown-" + parameter,
                "'" + value + "' is not known; give one of " + String.join(", ", known)));
  }
}
