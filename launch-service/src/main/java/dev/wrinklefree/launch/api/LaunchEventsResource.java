package dev.wrinklefree.launch.api;

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

/** The topic {@link Topic#LAUNCH_STATE} as server-sent events, for those who cannot reach Kafka. */
@Path("/launches/events")
@Tag(name = "launches")
public class LaunchEventsResource {

  private final EventStreamPublisher streams;

  /** Streams by {@code streams}. */
  public LaunchEventsResource(EventStreamPublisher streams) {
    this.streams = streams;
  }

  /** The parameters are those of {@link StreamQuery}. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @RunOnVirtualThread // for as long as the client stays
  @Operation(summary = "Server-sent events: answers to launch requests, and what came of them")
  public Response events(
      @RestQuery @Nullable String runId,
      @RestHeader("Last-Event-ID") @Nullable String lastEventIdHeader,
      @RestQuery @Nullable String lastEventId,
      @RestQuery @Nullable String from,
      RoutingContext request) {
    return streams.open(
        Topic.LAUNCH_STATE, new StreamQuery(runId, lastEventIdHeader, lastEventId, from), request);
  }
}
