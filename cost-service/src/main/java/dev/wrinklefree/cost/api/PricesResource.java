package dev.wrinklefree.cost.api;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.catalog.CatalogReading;
import dev.wrinklefree.cost.catalog.CatalogRepository;
import dev.wrinklefree.cost.catalog.Screened.Refused;
import dev.wrinklefree.cost.pricing.PriceRow;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The prices that figures are computed with. */
@Path("/prices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "prices")
public class PricesResource {

  private final Prices prices;
  private final CatalogRepository catalog;
  private final Clock clock;

  /** Shows {@code prices} and what was refused of {@code catalog}. */
  public PricesResource(Prices prices, CatalogRepository catalog, Clock clock) {
    this.prices = prices;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * All that is known of prices.
   *
   * @param prices those in use
   * @param refused those of the catalogue that are not believed
   * @param catalog how the last readings of the catalogue went
   */
  public record PriceList(List<Price> prices, List<RefusedPrice> refused, CatalogReading catalog) {}

  /**
   * A price in use.
   *
   * @param cloud lower-case cloud name
   * @param region absent if the price is the same in all
   * @param instanceType absent if the price holds for every type with these GPUs
   * @param accelerators GPUs of the machine
   * @param spot whether it is interruptible
   * @param perHour list price of the machine per hour
   * @param priceSource where the price was read
   * @param priceDate the day it was read there; absent if that is not known
   * @param stale whether the price is older than 30 days or of unknown age
   */
  public record Price(
      String cloud,
      @Nullable String region,
      @Nullable String instanceType,
      Accelerators accelerators,
      boolean spot,
      Money perHour,
      String priceSource,
      @Nullable LocalDate priceDate,
      boolean stale) {

    static Price of(PriceRow row, Instant now) {
      return new Price(
          row.cloud(),
          row.region(),
          row.instanceType(),
          row.accelerators(),
          row.spot(),
          row.perHour(),
          row.source(),
          row.asOf(),
          row.staleAt(now));
    }
  }

  /**
   * A price that is not believed.
   *
   * @param price as the catalogue has it
   * @param rule why not, in kebab-case
   * @param reason the same in words, with the figures
   */
  public record RefusedPrice(Price price, String rule, String reason) {

    static RefusedPrice of(Refused refused, Instant now) {
      return new RefusedPrice(
          Price.of(refused.row(), now), refused.rule().word(), refused.reason());
    }
  }

  /** All prices; there are as many as there are machines with the usual accelerators. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Prices in use, and those of SkyPilot's catalogue that are not believed")
  public PriceList list() {
    Instant now = clock.instant();
    return new PriceList(
        prices.rows().stream().map(row -> Price.of(row, now)).toList(),
        catalog.prices().refused().stream().map(no -> RefusedPrice.of(no, now)).toList(),
        catalog.reading());
  }
}
