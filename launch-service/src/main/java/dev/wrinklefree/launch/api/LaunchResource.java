package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.intake.AnswerDecider;
import dev.wrinklefree.launch.ownership.Requester;
import dev.wrinklefree.launch.ownership.RestRequest;
import dev.wrinklefree.launch.ownership.RestRequestRepository;
import dev.wrinklefree.launch.ownership.RunOwnerRepository;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.resume.Resumption;
import dev.wrinklefree.launch.run.Cancellation;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.RequestDigest;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.validation.Code;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.ValidRequest;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.Problems;
import dev.wrinklefree.rest.access.Caller;
import dev.wrinklefree.rest.access.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Launches by HTTP. A request becomes the event that anybody could have published. */
@Path("/launches")
@Produces(MediaType.APPLICATION_JSON)
public class LaunchResource {

  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String KEY_PATTERN = "[!-~]{1,255}";
  private static final String TRACE_HEADER = "traceparent";
  private static final String TRACE_PATTERN = "[0-9a-f]{2}(-[0-9a-f]+){3}";
  private static final int MAX_TRACE_LENGTH = 64;

  private final LaunchRequestValidator validator;
  private final RunRepository runs;
  private final CancellationRepository cancellations;
  private final RequestPublisher publisher;
  private final RestRequestRepository restRequests;
  private final RunOwnerRepository owners;
  private final ResumeResolver resumes;
  private final Caller caller;
  private final Clock clock;

  LaunchResource(
      LaunchRequestValidator validator,
      RunRepository runs,
      CancellationRepository cancellations,
      RequestPublisher publisher,
      RestRequestRepository restRequests,
      RunOwnerRepository owners,
      ResumeResolver resumes,
      Caller caller,
      Clock clock) {
    this.validator = validator;
    this.runs = runs;
    this.cancellations = cancellations;
    this.publisher = publisher;
    this.restRequests = restRequests;
    this.owners = owners;
    this.resumes = resumes;
    this.caller = caller;
    this.clock = clock;
  }

  /** Requests a launch: what the topic would reject is refused at once. */
  @POST
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Consumes(MediaType.APPLICATION_JSON)
  @RequestBody(content = @Content(schema = @Schema(implementation = LaunchRequested.class)))
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  public Response launch(
      byte[] bytes,
      @HeaderParam(KEY_HEADER) @Nullable String givenKey,
      @HeaderParam(TRACE_HEADER) @Nullable String traceParent) {
    String id = RestRequest.eventId(RestRequest.Kind.LAUNCH, caller.principal(), key(givenKey));
    LaunchBody body = LaunchBody.read(bytes);
    ValidRequest request = body.valid(validator);
    Requester owner = owner(request.owner());
    RunId runId = body.runId() == null ? generated(request, id) : body.runId();
    RestRequest taken = new RestRequest(id, runId, RequestDigest.of(body.data()));
    refuseConflict(taken);
    refuseMissingCheckpoint(request, runId);
    remember(taken, owner);
    publisher.launch(taken, body.dataBytes(), trace(traceParent));
    return Response.accepted(new Receipt(runId.value(), "requested"))
        .location(URI.create("/launches/" + runId))
        .build();
  }

  /** Named for the model, which people tell runs by, or for the kind of job. */
  private static RunId generated(ValidRequest request, String id) {
    return request.model() == null
        ? GeneratedRunId.of(id, request.name())
        : GeneratedRunId.of(id, request.model(), request.mode());
  }

  /** The runs answered last. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public LaunchList list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("name") @Nullable String name) {
    int most = Parameters.onlyLimit(limit);
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              List<Run> newest = runs.newest(most, name);
              List<RunId> ids = newest.stream().map(Run::runId).toList();
              Map<RunId, Cancellation> cancelled = cancellations.of(ids);
              Map<RunId, String> owned = owners.of(ids);
              return new LaunchList(
                  newest.stream()
                      .map(
                          run ->
                              LaunchView.of(
                                  run, owned.containsKey(run.runId()), cancelled.get(run.runId())))
                      .toList());
            });
  }

  /** One run. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Path("/{runId}")
  public LaunchView get(@PathParam("runId") String id) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Run run = known(id);
              return LaunchView.of(
                  run,
                  owners.of(run.runId()).isPresent(),
                  cancellations.of(run.runId()).orElse(null));
            });
  }

  /** Requests a cancel. A run that has ended takes it, too, and nothing follows. */
  @DELETE
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Path("/{runId}")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Receipt.class)))
  public Response cancel(
      @PathParam("runId") String id,
      @QueryParam("reason") @Nullable String reason,
      @HeaderParam(KEY_HEADER) @Nullable String givenKey,
      @HeaderParam(TRACE_HEADER) @Nullable String traceParent) {
    String eventId =
        RestRequest.eventId(RestRequest.Kind.CANCEL, caller.principal(), key(givenKey));
    RunId runId = QuarkusTransaction.requiringNew().call(() -> mine(id));
    CancelBody body = CancelBody.of(new CancelRequested(reason, caller.principal()));
    RestRequest taken = new RestRequest(eventId, runId, RequestDigest.of(body.data()));
    remember(taken, new Requester(caller.principal(), caller.isAdmin()));
    publisher.cancel(taken, body.bytes(), trace(traceParent));
    return Response.accepted(new Receipt(runId.value(), "cancel-requested")).build();
  }

  /** A known run that the caller may cancel. */
  private RunId mine(String id) {
    RunId runId = known(id).runId();
    String owner = owners.of(runId).orElse(null);
    if (!caller.isAdmin() && !caller.principal().equals(owner)) {
      throw LaunchProblems.notTheOwner(runId, owner);
    }
    return runId;
  }

  /** Whose the new run will be. */
  private Requester owner(@Nullable String named) {
    if (named == null || named.equals(caller.principal())) {
      return new Requester(caller.principal(), caller.isAdmin());
    }
    if (!caller.isAdmin()) {
      throw LaunchProblems.notYourName(named, caller.principal());
    }
    return new Requester(named, false);
  }

  private void remember(RestRequest request, Requester requester) {
    boolean remembered =
        QuarkusTransaction.requiringNew()
            .call(() -> restRequests.remember(request, requester, clock.instant()));
    if (!remembered) {
      throw LaunchProblems.conflict(
          new Violation(
              KEY_HEADER, Code.CONFLICT.word(), "the key was used before for another request"));
    }
  }

  /** A courtesy: a conflict that is not recorded yet is answered on the topic. */
  private void refuseConflict(RestRequest request) {
    Optional<Run> taken =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    runs.of(request.runId())
                        .filter(run -> !run.digest().equals(request.digest()))
                        .or(
                            () ->
                                runs.requestedBy(RestRequest.SOURCE, request.eventId())
                                    .filter(
                                        run ->
                                            !run.runId().equals(request.runId())
                                                || !run.digest().equals(request.digest()))));
    taken.ifPresent(
        run -> {
          throw LaunchProblems.conflict(AnswerDecider.runTaken(run));
        });
  }

  /** A courtesy, too: the answer on the topic is given by what is known then. */
  private void refuseMissingCheckpoint(ValidRequest request, RunId runId) {
    Resumption resumption =
        QuarkusTransaction.requiringNew()
            .call(() -> resumes.resolve(request.resume(), runId, request.likeness()));
    if (resumption instanceof Resumption.NoCheckpoint none) {
      throw LaunchProblems.invalid(List.of(AnswerDecider.noCheckpoint(none)));
    }
  }

  private Run known(String id) {
    return Parameters.pathRunId(id).flatMap(runs::of).orElseThrow(() -> Problems.unknownRun(id));
  }

  private static String key(@Nullable String given) {
    if (given == null) {
      return UUID.randomUUID().toString();
    }
    if (!given.matches(KEY_PATTERN)) {
      throw Problems.badParameters(
          List.of(
              new Violation(
                  KEY_HEADER, "bad-format", "1 to 255 visible ASCII characters are needed")));
    }
    return given;
  }

  /** A malformed trace context is dropped, as the W3C's recommendation demands. */
  private static @Nullable String trace(@Nullable String given) {
    return given != null && given.length() <= MAX_TRACE_LENGTH && given.matches(TRACE_PATTERN)
        ? given
        : null;
  }
}
