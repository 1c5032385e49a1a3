package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
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
 * @param template the task template used
 * @param model for example {@code smollm2_135m}
 * @param mode {@code w1} or {@code w2}
 * @param scale the scale, after defaults
 * @param accelerators GPUs per node that the scale stands for
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
 */
public record LaunchAccepted(
    RunId runId,
    String name,
    String template,
    String model,
    String mode,
    String scale,
    Accelerators accelerators,
    List<CloudCandidate> clouds,
    boolean spot,
    List<String> overrides,
    String bucket,
    String checkpointPrefix,
    WandbRun wandb,
    @Nullable Budget budget,
    Map<String, String> labels,
    @Nullable String owner,
    Instant requestedAt)
    implements LaunchStateData {

  /** Absent collections become empty ones. */
  public LaunchAccepted {
    clouds = Absent.list(clouds);
    overrides = Absent.list(overrides);
    labels = Absent.map(labels);
  }
}
