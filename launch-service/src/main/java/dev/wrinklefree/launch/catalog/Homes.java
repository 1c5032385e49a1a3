package dev.wrinklefree.launch.catalog;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import org.jspecify.annotations.Nullable;

/**
 * Where a run puts what it makes. Every run has a checkpoint prefix and a W&amp;B run of its own,
 * so that an object or a metric belongs to one run for sure.
 *
 * @param bucket Google Cloud Storage bucket of the checkpoints
 * @param prefixPattern object-name prefix with the placeholders {@value #MODEL} and {@value #RUN};
 *     it must hold the second and end with a slash
 * @param wandbProject W&amp;B project of a template that names none
 * @param wandbEntity W&amp;B team or user; null means the API key's default
 */
public record Homes(
    String bucket, String prefixPattern, String wandbProject, @Nullable String wandbEntity) {

  /** Stands for the model's name. */
  public static final String MODEL = "{model}";

  /** Stands for the run id. */
  public static final String RUN = "{runId}";

  /**
   * @throws IllegalArgumentException if two runs would share a prefix, or it is no folder's name
   */
  public Homes {
    if (!prefixPattern.contains(RUN)) {
      throw new IllegalArgumentException("the prefix pattern must hold " + RUN);
    }
    if (!prefixPattern.endsWith("/") || prefixPattern.startsWith("/")) {
      throw new IllegalArgumentException(
          "the prefix pattern must end with a slash and not begin with one");
    }
    if (bucket.isBlank() || wandbProject.isBlank()) {
      throw new IllegalArgumentException("bucket and W&B project must not be blank");
    }
  }

  /** The run's object-name prefix, with a trailing slash. */
  public String checkpointPrefix(String model, RunId runId) {
    return prefixPattern.replace(MODEL, model).replace(RUN, runId.value());
  }

  /** The run's W&amp;B run, in its template's project where that is not null. */
  public WandbRun wandb(RunId runId, @Nullable String project) {
    return new WandbRun(wandbEntity, project == null ? wandbProject : project, runId.value());
  }
}
