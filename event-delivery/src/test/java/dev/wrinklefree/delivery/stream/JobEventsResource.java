package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.rest.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A service's stream, as services declare theirs. */
@Path("/jobs/events")
public class JobEventsResource {

  private final EventStreamPublisher streams;

  public JobEventsResource(EventStreamPublisher streams) {
    this.streams = streams;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @RunOnVirtualThread
  public Response events(
      @RestQuery @Nullable String runId,
      @RestHeader("Last-Event-ID") @Nullable String lastEventIdHeader,
      @RestQuery @Nullable String lastEventId,
      @RestQuery @Nullable String from,
      RoutingContext request) {
    return streams.open(
        Topic.JOB_STATE, new StreamQuery(runId, lastEventIdHeader, lastEventId, from), request);
  }
}
