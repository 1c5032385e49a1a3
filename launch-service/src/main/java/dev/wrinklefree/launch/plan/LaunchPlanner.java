package dev.wrinklefree.launch.plan;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.catalog.Homes;
import dev.wrinklefree.launch.header.PrefixPattern;
import dev.wrinklefree.launch.header.TemplateHeader;
import dev.wrinklefree.launch.template.OwnMachines;
import dev.wrinklefree.launch.template.TaskRenderer;
import dev.wrinklefree.launch.template.TaskTemplate;
import dev.wrinklefree.launch.template.TaskValues;
import dev.wrinklefree.launch.validation.ValidRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what a valid request becomes. */
public final class LaunchPlanner {

  /** Label that names the run on its machines, for whoever reads the cloud's bill. */
  public static final String RUN_LABEL = "wrinklefree-run-id";

  private static final String PROJECT_VARIABLE = "WANDB_PROJECT";
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private final Homes homes;

  /** A planner that gives each run its home there. */
  public LaunchPlanner(Homes homes) {
    this.homes = homes;
  }

  /**
   * The run and its task.
   *
   * @param runId the run
   * @param request what was asked for
   * @param resumedFrom {@code gs://} URI of the checkpoint that it goes on from; null means none
   * @param requestedAt when it was asked for
   */
  public LaunchPlan plan(
      RunId runId, ValidRequest request, @Nullable String resumedFrom, Instant requestedAt) {
    TaskTemplate template = request.template();
    TemplateHeader header = template.header();
    OwnMachines own = template.machines();
    @Nullable Accelerators accelerators =
        request.accelerators() == null ? own.accelerators() : request.accelerators();
    List<CloudCandidate> clouds = request.clouds().isEmpty() ? own.clouds() : request.clouds();
    LaunchAccepted accepted =
        new LaunchAccepted(
            runId,
            request.name(),
            template.name(),
            request.model(),
            request.mode(),
            request.scale(),
            accelerators,
            clouds,
            request.spot() == null ? template.spot() : request.spot(),
            request.overrides(),
            homes.bucket(),
            prefix(runId, request),
            homes.wandb(runId, project(request)),
            request.budget(),
            request.labels(),
            request.owner(),
            requestedAt,
            request.parameters(),
            resumedFrom,
            header.checkpoints(),
            header.metrics(),
            used(header, accelerators));
    Map<String, String> labels = new TreeMap<>(request.labels());
    labels.put(RUN_LABEL, runId.value());
    TaskValues values =
        new TaskValues(
            runId,
            request.accelerators(),
            request.clouds(),
            request.spot(),
            labels,
            TaskEnvironment.of(accepted, header, request.environment()),
            request.secrets());
    return new LaunchPlan(accepted, TaskRenderer.render(template, values));
  }

  /** Each run's own, whatever the kind of job. */
  private String prefix(RunId runId, ValidRequest request) {
    TaskTemplate template = request.template();
    @Nullable PrefixPattern pattern = template.header().prefix();
    if (pattern != null) {
      Map<String, String> values = new TreeMap<>(request.parameters());
      values.put(PrefixPattern.RUN, runId.value());
      if (request.model() != null) {
        values.put(PrefixPattern.MODEL, request.model());
      }
      return pattern.fill(values);
    }
    return template.header().model().certain() && request.model() != null
        ? homes.checkpointPrefix(request.model(), runId)
        : template.name() + "/" + runId + "/";
  }

  /**
   * The template's project; a task that a request brings may also name one as SkyPilot's way is.
   */
  private static @Nullable String project(ValidRequest request) {
    TaskTemplate template = request.template();
    if (!template.foreign()) {
      return template.header().wandbProject();
    }
    String named =
        request
            .environment()
            .getOrDefault(
                PROJECT_VARIABLE, template.task().path("envs").path(PROJECT_VARIABLE).asText(""));
    return PROJECT.matcher(named).matches() ? named : template.header().wandbProject();
  }

  /** Never more than there are. */
  private static @Nullable Integer used(
      TemplateHeader header, @Nullable Accelerators accelerators) {
    return header.acceleratorsUsed() == null || accelerators == null
        ? header.acceleratorsUsed()
        : Integer.valueOf(Math.min(header.acceleratorsUsed(), accelerators.count()));
  }
}
