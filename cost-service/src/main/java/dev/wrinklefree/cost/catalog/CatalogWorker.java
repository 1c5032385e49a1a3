package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.skypilot.catalog.Catalog;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the catalogue when it is due. A reading that fails leaves the prices as they are. */
@ApplicationScoped
class CatalogWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(CatalogWorker.class);

  private final CatalogSource source;
  private final CatalogRepository prices;
  private final PriceBook book;
  private final CatalogConfig config;
  private final MeterRegistry metrics;
  private final Clock clock;

  CatalogWorker(
      CatalogSource source,
      CatalogRepository prices,
      PriceBook book,
      CatalogConfig config,
      MeterRegistry metrics,
      Clock clock) {
    this.source = source;
    this.prices = prices;
    this.book = book;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Reads the catalogue if there is one and the last reading is old enough. */
  void readIfDue() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (source.isThere() && isDue(prices.reading(), now)) {
      read(now);
    }
  }

  private boolean isDue(CatalogReading last, Instant now) {
    Instant readAt = last.readAt();
    return readAt == null || !readAt.plus(config.interval()).isAfter(now);
  }

  private void read(Instant now) {
    try {
      Catalog catalog = source.read(config.accelerators());
      if (catalog.offers().isEmpty()) {
        failed("the catalogue has no offer of " + config.accelerators(), now);
        return;
      }
      Screened screened =
          new Screening(
                  book,
                  config.notFrom().orElse(List.of()),
                  source.name(),
                  LocalDate.ofInstant(now, ZoneOffset.UTC))
              .screen(catalog.offers());
      prices.keep(screened, catalog.unreadable(), now);
      succeeded(screened, catalog.unreadable());
    } catch (SkyPilotException e) {
      failed(String.valueOf(e.getMessage()), now);
    }
  }

  private void succeeded(Screened screened, int unreadable) {
    count("read");
    screened
        .refused()
        .forEach(
            no -> {
              metrics.counter("wf.cost.prices.refused", "rule", no.rule().word()).increment();
              LOGGER
                  .atInfo()
                  .addKeyValue("rule", no.rule().word())
                  .addKeyValue("cloud", no.row().cloud())
                  .addKeyValue("region", no.row().region())
                  .addKeyValue("instanceType", no.row().instanceType())
                  .addKeyValue("spot", no.row().spot())
                  .log("A price of the catalogue is not believed");
            });
    LOGGER
        .atInfo()
        .addKeyValue("believed", screened.believed().size())
        .addKeyValue("refused", screened.refused().size())
        .addKeyValue("unreadable", unreadable)
        .log("Prices were read from the catalogue");
  }

  private void failed(String reason, Instant now) {
    count("failed");
    prices.failed(reason, now);
    LOGGER.atWarn().addKeyValue("reason", reason).log("Prices could not be read");
  }

  private void count(String outcome) {
    metrics.counter("wf.cost.catalog.reads", "outcome", outcome).increment();
  }
}
