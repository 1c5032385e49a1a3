package dev.wrinklefree.cost.checks;

import dev.wrinklefree.cost.catalog.CatalogRepository;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.rest.access.Roles;
import dev.wrinklefree.rest.checks.Check;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an operator should look at before launching. */
@Path("/checks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "checks")
public class ChecksResource {

  private final Prices prices;
  private final CatalogRepository catalog;
  private final Clock clock;

  /** Looks at {@code prices} and the last readings of {@code catalog}. */
  public ChecksResource(Prices prices, CatalogRepository catalog, Clock clock) {
    this.prices = prices;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * The verdicts.
   *
   * @param checks in a fixed order
   */
  public record Checks(List<Check> checks) {}

  /** Looks at the age of prices. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Whether prices are known and recent")
  public Checks list() {
    return new Checks(PriceChecks.of(prices.rows(), catalog.reading(), clock.instant()));
  }
}
