package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.cost.pricing.Prices;
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
  Profiles profiles(EstimateConfig config) {
    return new Profiles(
        config.models(),
        Profiles.readScales(config.scales()),
        config.trainingTimes().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, byModel -> times(byModel.getValue()))),
        config.clouds(),
        config.trainingTemplate(),
        config.usualSteps());
  }

  @Produces
  @Singleton
  Durations durations(Profiles profiles, OwnRuns runs) {
    return new Durations(profiles, runs);
  }

  @Produces
  @Singleton
  Estimator estimator(Prices prices, Profiles profiles, Durations durations, Clock clock) {
    return new Estimator(prices, profiles, durations, clock);
  }

  @Produces
  @Singleton
  Quoter quoter(Prices prices, Profiles profiles, Durations durations) {
    return new Quoter(prices, profiles, durations);
  }

  private static Map<String, KnownTime> times(Map<String, EstimateConfig.TrainingTime> byScale) {
    return byScale.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> time(entry.getValue())));
  }

  private static KnownTime time(EstimateConfig.TrainingTime time) {
    return new KnownTime(
        time.hours(),
        time.source(),
        time.steps().isPresent() ? Long.valueOf(time.steps().getAsLong()) : null);
  }
}
