package dev.wrinklefree.rest.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** One endpoint of each kind; each says who called. */
@Path("/guarded")
@Produces(MediaType.TEXT_PLAIN)
public class GuardedResource {

  private final Caller caller;

  GuardedResource(Caller caller) {
    this.caller = caller;
  }

  @GET
  @Path("/view")
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public String view() {
    return who();
  }

  @POST
  @Path("/launch")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  public String launch() {
    return who();
  }

  @GET
  @Path("/rule")
  @RolesAllowed(Roles.ADMIN)
  public String rule() {
    return who();
  }

  @GET
  @Path("/forgotten")
  public String forgotten() {
    return who();
  }

  private String who() {
    return caller.principal() + (caller.isAdmin() ? ", admin" : "");
  }
}
