package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request is valid and the run will be submitted. It says all that later readers need to know
 * of the run, so that nobody has to ask launch-service.
 *
 * @param runId the run
 * @param name friendly name, shared by many runs, for example {@code wf-fairy2-train}
 * @param template the task template used; {@code task} where the request brought its own task
 * @param model for example {@code smollm2_135m}; absent where the task trains no known model
 * @param mode {@code w1} or {@code w2}; absent where the template has no modes
 * @param scale the scale, after defaults; absent where the task names its own machines
 * @param accelerators GPUs per node; absent where the task needs none, or SkyPilot may choose
 * @param clouds candidates in order, after defaults
 * @param spot whether interruptible machines may be used
 * @param overrides as requested
 * @param bucket Google Cloud Storage bucket of the checkpoints
 * @param checkpointPrefix object-name prefix of this run alone, with a trailing slash, for example
 *     {@code fairy2/smollm2_135m/my-run/}
 * @param wandb where metrics go
 * @param budget as requested
 * @param labels as requested
 * @param owner as requested
 * @param requestedAt when the request was made
 * @param parameters the template's parameters, after defaults
 * @param resumedFrom {@code gs://} URI of the checkpoint that training goes on from; absent where
 *     it begins anew
 * @param checkpoints how checkpoints are named under {@code checkpointPrefix}; absent where the
 *     task writes none, so that nobody waits for one
 * @param metrics where the training's figures are found in W&amp;B; absent where it logs none
 * @param acceleratorsUsed GPUs per node that the program really uses, where the template says so
 */
public record LaunchAccepted(
    RunId runId,
    String name,
    String template,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String scale,
    @Nullable Accelerators accelerators,
    List<CloudCandidate> clouds,
    boolean spot,
    List<String> overrides,
    String bucket,
    String checkpointPrefix,
    WandbRun wandb,
    @Nullable Budget budget,
    Map<String, String> labels,
    @Nullable String owner,
    Instant requestedAt,
    Map<String, String> parameters,
    @Nullable String resumedFrom,
    @Nullable CheckpointLayout checkpoints,
    @Nullable MetricKeys metrics,
    @Nullable Integer acceleratorsUsed)
    implements LaunchStateData {

  /** Absent collections become empty ones. */
  public LaunchAccepted {
    clouds = Absent.list(clouds);
    overrides = Absent.list(overrides);
    labels = Absent.map(labels);
    parameters = Absent.map(parameters);
  }
}
