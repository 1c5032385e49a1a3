package dev.wrinklefree.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.value.RunId;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers well, and fails in all the ways that a service can. */
@PermitAll
@Path("/awkward")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AwkwardResource {

  static final String SECRET = "jdbc:postgresql://db/launch";

  /** What is asked and answered. */
  public record Body(@Nullable String name, @Nullable Instant at, @Nullable Integer number) {}

  /** Cannot be written. */
  public record Unwritable(String name) {
    /** A member that fails when it is read. */
    @SuppressWarnings("DoNotCallSuggester") // Jackson calls it
    public String getMore() {
      throw new IllegalStateException(SECRET);
    }
  }

  @GET
  public Body get() {
    return new Body("n", Instant.parse("2026-11-23T12:00:00Z"), null);
  }

  @POST
  public Body post(Body body) {
    return body;
  }

  @GET
  @Path("/runs/{runId}")
  public Body run(@PathParam("runId") String runId) {
    return Parameters.pathRunId(runId)
        .filter(new RunId("known")::equals)
        .map(known -> new Body(known.value(), null, null))
        .orElseThrow(() -> Problems.unknownRun(runId));
  }

  @GET
  @Path("/list")
  public Body list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("runId") @Nullable String runId) {
    Parameters parameters = new Parameters();
    int most = parameters.limit(limit);
    Optional<RunId> run = parameters.runId(runId);
    parameters.check();
    return new Body(run.map(RunId::value).orElse(null), null, most);
  }

  @GET
  @Path("/upstream")
  public Body upstream() {
    throw Problems.unavailable(
        "upstream-away",
        "Upstream does not answer",
        "Ask again.",
        Duration.ofSeconds(5),
        new IOException(SECRET));
  }

  @GET
  @Path("/unexpected")
  public Body unexpected() {
    throw new IllegalStateException(SECRET);
  }

  @GET
  @Path("/checked")
  public Body checked() throws IOException {
    throw new IOException(SECRET);
  }

  @GET
  @Path("/web")
  public Body web() {
    throw new WebApplicationException(SECRET, 500);
  }

  @GET
  @Path("/status-without-a-name")
  public Body statusWithoutAName() {
    throw new WebApplicationException(499);
  }

  @GET
  @Path("/not-json")
  public Body notJson() throws JsonProcessingException {
    return ContractJson.mapper().readValue(SECRET, Body.class);
  }

  @GET
  @Path("/not-allowed")
  public Body notAllowed() {
    throw new NotAllowedException("PUT", new String[] {"DELETE"});
  }

  @GET
  @Path("/unwritable")
  public Unwritable unwritable() {
    return new Unwritable("n");
  }
}
