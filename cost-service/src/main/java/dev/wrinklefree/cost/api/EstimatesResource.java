package dev.wrinklefree.cost.api;

import dev.wrinklefree.cost.estimate.Estimate;
import dev.wrinklefree.cost.estimate.Estimator;
import dev.wrinklefree.cost.estimate.UnknownProfileException;
import dev.wrinklefree.rest.Problems;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What a run would cost. */
@Path("/estimates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "estimates")
public class EstimatesResource {

  private final Estimator estimator;

  /** Asks {@code estimator}. */
  public EstimatesResource(Estimator estimator) {
    this.estimator = estimator;
  }

  /** Both parameters are required; what is known is named where one is wrong. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Time, offers and list prices of a model on a scale")
  public Estimate estimate(@RestQuery @Nullable String model, @RestQuery @Nullable String scale) {
    try {
      return estimator.estimate(model, scale);
    } catch (UnknownProfileException e) {
      throw Problems.badParameters(e.violations());
    }
  }
}
