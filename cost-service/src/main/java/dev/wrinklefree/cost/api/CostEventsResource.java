package dev.wrinklefree.cost.api;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.delivery.stream.EventStreamPublisher;
import dev.wrinklefree.delivery.stream.StreamQuery;
import dev.wrinklefree.rest.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The topic {@link Topic#RUNNING_COST} as server-sent events, for those who cannot reach Kafka. */
@Path("/costs/events")
@Tag(name = "costs")
public class CostEventsResource {

  private final EventStreamPublisher streams;

  /** Streams by {@code streams}. */
  public CostEventsResource(EventStreamPublisher streams) {
    this.streams = streams;
  }

  /** The parameters are those of {@link StreamQuery}. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @RunOnVirtualThread // for as long as the client stays
  @Operation(summary = "Server-sent events: costs of runs")
  public Response events(
      @RestQuery @Nullable String runId,
      @RestHeader("Last-Event-ID") @Nullable String lastEventIdHeader,
      @RestQuery @Nullable String lastEventId,
      @RestQuery @Nullable String from,
      RoutingContext request) {
    return streams.open(
        Topic.RUNNING_COST, new StreamQuery(runId, lastEventIdHeader, lastEventId, from), request);
  }
}
