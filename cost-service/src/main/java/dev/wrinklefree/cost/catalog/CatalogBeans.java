package dev.wrinklefree.cost.catalog;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.cost.pricing.PricingConfig;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;

/** Puts the reading of prices together. */
@Singleton
class CatalogBeans {

  @Produces
  @Singleton
  CatalogSource source(SkyPilotConfig config) {
    return new CatalogSource(
        config
            .endpoint()
            .map(endpoint -> new SkyPilotClient(settings(endpoint, config)))
            .orElse(null));
  }

  void close(@Disposes CatalogSource source) {
    source.close();
  }

  @Produces
  @Singleton
  Prices prices(PriceBook book, PricingConfig config, CatalogRepository catalog) {
    return new PricesInUse(book, config.priceBook().isPresent(), () -> catalog.prices().believed());
  }

  /** On one replica at a time; the first at once, and then as often as a failure is tried again. */
  @Produces
  @Singleton
  RecurringTask<Void> catalogTask(CatalogWorker worker, CatalogConfig config) {
    return Tasks.recurring("price-refresh", FixedDelay.of(config.retry()))
        .execute((instance, context) -> worker.readIfDue());
  }

  private static SkyPilotSettings settings(URI endpoint, SkyPilotConfig config) {
    return SkyPilotSettings.of(endpoint, new UserIdentity(config.userId(), config.userName()))
        .withAuthentication(
            Authentication.of(
                "wf.skypilot",
                config.token().orElse(null),
                config.username().orElse(null),
                config.password().orElse(null)))
        .withTimeouts(Timeouts.DEFAULT.withDeadline(config.deadline()));
  }
}
