package dev.wrinklefree.launch.plan;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.catalog.Homes;
import dev.wrinklefree.launch.template.TaskRenderer;
import dev.wrinklefree.launch.template.TaskValues;
import dev.wrinklefree.launch.validation.ValidRequest;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Decides what a valid request becomes. */
public final class LaunchPlanner {

  /** Label that names the run on its machines, for whoever reads the cloud's bill. */
  public static final String RUN_LABEL = "wrinklefree-run-id";

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
   * @param requestedAt when it was asked for
   */
  public LaunchPlan plan(RunId runId, ValidRequest request, Instant requestedAt) {
    LaunchAccepted accepted =
        new LaunchAccepted(
            runId,
            request.name(),
            request.template().name(),
            request.model(),
            request.mode(),
            request.scale(),
            request.accelerators(),
            request.clouds(),
            request.spot(),
            request.overrides(),
            homes.bucket(),
            homes.checkpointPrefix(request.model(), runId),
            homes.wandb(runId),
            request.budget(),
            request.labels(),
            request.owner(),
            requestedAt,
            Map.of(),
            null,
            CheckpointLayout.FAIRY2,
            MetricKeys.FAIRY2,
            null);
    Map<String, String> labels = new TreeMap<>(request.labels());
    labels.put(RUN_LABEL, runId.value());
    TaskValues values =
        new TaskValues(
            runId,
            request.accelerators(),
            request.clouds(),
            request.spot(),
            labels,
            TaskEnvironment.of(accepted, request.environment()),
            request.secrets());
    return new LaunchPlan(accepted, TaskRenderer.render(request.template(), values));
  }
}
