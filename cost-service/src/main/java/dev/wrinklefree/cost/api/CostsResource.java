package dev.wrinklefree.cost.api;

import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.cost.ledger.LedgerRepository;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.cost.run.KnownRun;
import dev.wrinklefree.cost.whatif.Comparer;
import dev.wrinklefree.cost.whatif.WhatIf;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.Problems;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What runs have cost up to now. */
@Path("/costs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "costs")
public class CostsResource {

  private final LedgerRepository ledger;
  private final Prices prices;
  private final Clock clock;

  /** Reads {@code ledger} as of {@code clock}, and {@code prices} of other places. */
  public CostsResource(LedgerRepository ledger, Prices prices, Clock clock) {
    this.ledger = ledger;
    this.prices = prices;
    this.clock = clock;
  }

  /**
   * The newest runs.
   *
   * @param costs newest first
   */
  public record Costs(List<CostUpdated> costs) {}

  /** The newest runs, each up to now. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Costs of the newest runs, newest first")
  public Costs list(@RestQuery @Nullable String limit) {
    Instant now = now();
    return new Costs(
        ledger.newest(Parameters.onlyLimit(limit)).stream().map(cost -> cost.asOf(now)).toList());
  }

  /** One run, up to now. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("/{runId}")
  @Operation(summary = "Cost of one run up to now")
  public CostUpdated get(@RestPath String runId) {
    return Parameters.pathRunId(runId)
        .flatMap(ledger::cost)
        .orElseThrow(() -> Problems.unknownRun(runId))
        .asOf(now());
  }

  /** The same run at other places: what it still needs, or all of it. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("/{runId}/what-if")
  @Operation(summary = "What the rest of a run would cost in other clouds and regions and on spot")
  public WhatIf whatIf(@RestPath String runId) {
    KnownRun run =
        Parameters.pathRunId(runId)
            .flatMap(ledger::known)
            .orElseThrow(() -> Problems.unknownRun(runId));
    return Comparer.compare(run, prices.rows(), now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
