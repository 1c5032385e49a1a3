package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.cost.run.RunFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says what an accepted run is expected to cost: at the first of its candidates that has a price
 * for such a machine, where it is cheapest. Without a known time or a known price it says nothing.
 */
public final class Quoter {

  private final Prices prices;
  private final Profiles profiles;
  private final Durations durations;

  /** Quotes by {@code prices} and {@code durations}. */
  public Quoter(Prices prices, Profiles profiles, Durations durations) {
    this.prices = prices;
    this.profiles = profiles;
    this.durations = durations;
  }

  /** What the run is. */
  public RunFacts facts(LaunchAccepted accepted) {
    return new RunFacts(
        accepted.name(),
        accepted.template(),
        accepted.model(),
        accepted.scale(),
        accepted.accelerators(),
        StepPlan.last(accepted, profiles).orElse(null),
        accepted.resumedFrom() != null,
        accepted.owner(),
        accepted.labels());
  }

  /** What it is expected to cost, by the prices of now. */
  public Optional<Quote> quote(LaunchAccepted accepted, Instant now) {
    return time(accepted)
        .flatMap(time -> offer(accepted).map(offer -> quote(time, offer, accepted.spot(), now)));
  }

  private Optional<KnownTime> time(LaunchAccepted accepted) {
    String model = accepted.model();
    String scale = accepted.scale();
    Optional<Long> last = StepPlan.last(accepted, profiles);
    OptionalLong first = StepPlan.first(accepted);
    return model == null || scale == null || last.isEmpty() || first.isEmpty()
        ? Optional.empty()
        : durations.ofSteps(accepted.template(), model, scale, first.getAsLong(), last.get());
  }

  private Optional<PriceRow> offer(LaunchAccepted accepted) {
    Accelerators accelerators = accepted.accelerators();
    return accelerators == null
        ? Optional.empty()
        : accepted.clouds().stream()
            .flatMap(candidate -> cheapest(candidate, accelerators, accepted.spot()).stream())
            .findFirst();
  }

  private Optional<PriceRow> cheapest(
      CloudCandidate candidate, Accelerators accelerators, boolean spot) {
    return prices.rows().stream()
        .filter(row -> row.cloud().equals(candidate.cloud()) && row.spot() == spot)
        .filter(row -> row.accelerators().equals(accelerators))
        .filter(row -> candidate.region() == null || row.holdsIn(candidate.region()))
        .min(Comparator.comparing(row -> row.perHour().amount()));
  }

  private static Quote quote(KnownTime time, PriceRow offer, boolean spot, Instant now) {
    return new Quote(
        offer.perHour().times(time.hours()),
        offer.perHour(),
        time.hours(),
        time.source(),
        offer.cloud(),
        offer.region(),
        offer.instanceType(),
        spot,
        offer.source(),
        offer.asOf(),
        offer.staleAt(now));
  }
}
