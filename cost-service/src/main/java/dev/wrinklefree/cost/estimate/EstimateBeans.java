package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.cost.pricing.PriceBook;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the profiles at start, so that a bad one stops the service. */
@Singleton
class EstimateBeans {

  @Produces
  @Singleton
  @Startup
  Estimator estimator(PriceBook book, EstimateConfig config, Clock clock) {
    return new Estimator(
        book,
        new Profiles(
            config.models(),
            Profiles.readScales(config.scales()),
            config.trainingTimes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, byModel -> times(byModel.getValue()))),
            config.clouds()),
        clock);
  }

  private static Map<String, KnownTime> times(Map<String, EstimateConfig.TrainingTime> byScale) {
    return byScale.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> new KnownTime(entry.getValue().hours(), entry.getValue().source())));
  }
}
