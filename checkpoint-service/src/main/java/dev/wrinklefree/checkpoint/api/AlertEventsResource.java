package dev.wrinklefree.checkpoint.api;

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

/**
 * The topic {@link Topic#RUN_ALERT} as server-sent events, for those who cannot reach Kafka.
 *
 * <p>The topic is shared: it has the alerts of the other services, too.
 */
@Path("/alerts/events")
@Tag(name = "alerts")
public class AlertEventsResource {

  private final EventStreamPublisher streams;

  /** Streams by {@code streams}. */
  public AlertEventsResource(EventStreamPublisher streams) {
    this.streams = streams;
  }

  /** The parameters are those of {@link StreamQuery}. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @RunOnVirtualThread // for as long as the client stays
  @Operation(summary = "Server-sent events: alerts of all services")
  public Response events(
      @RestQuery @Nullable String runId,
      @RestHeader("Last-Event-ID") @Nullable String lastEventIdHeader,
      @RestQuery @Nullable String lastEventId,
      @RestQuery @Nullable String from,
      RoutingContext request) {
    return streams.open(
        Topic.RUN_ALERT, new StreamQuery(runId, lastEventIdHeader, lastEventId, from), request);
  }
}
