package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.intake.AnswerDecider;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.resume.Resumption;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.ValidRequest;
import dev.wrinklefree.rest.access.Roles;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/**
 * Says what a request would launch, and launches nothing. Not a flag of {@code POST /launches}: a
 * service that does not know the flag would launch.
 */
@Path("/dry-runs")
@Produces(MediaType.APPLICATION_JSON)
public class DryRunsResource {

  /** Stands for the run that is not there: the newest other run is looked for. */
  private static final RunId NO_RUN = new RunId("dry-run");

  private final LaunchRequestValidator validator;
  private final ResumeResolver resumes;

  DryRunsResource(LaunchRequestValidator validator, ResumeResolver resumes) {
    this.validator = validator;
    this.resumes = resumes;
  }

  /** The run that would be, or all that is wrong with the request. */
  @POST
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "What a launch request would launch; nothing is launched")
  @RequestBody(content = @Content(schema = @Schema(implementation = LaunchRequested.class)))
  public DryRunView plan(byte[] bytes) {
    LaunchBody body = LaunchBody.read(bytes);
    ValidRequest request = body.valid(validator);
    RunId runId = body.runId() == null ? NO_RUN : body.runId();
    Resumption resumption =
        QuarkusTransaction.requiringNew()
            .call(() -> resumes.resolve(request.resume(), runId, request.likeness()));
    return switch (resumption) {
      case Resumption.Anew ignored -> DryRunView.of(request, null);
      case Resumption.From from -> DryRunView.of(request, from.uri());
      case Resumption.NoCheckpoint none ->
          throw LaunchProblems.invalid(List.of(AnswerDecider.noCheckpoint(none)));
    };
  }
}
