package dev.wrinklefree.launch.template;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.RunId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to a run's task.
 *
 * @param runId becomes the job's name, and its correlation id in SkyPilot's records
 * @param accelerators GPUs per node; null leaves the task's own machines
 * @param clouds candidates in order; empty leaves the task's own places
 * @param spot whether interruptible machines are used; null leaves what the task says
 * @param labels put on the machines
 * @param environment plain variables; they win over the template's
 * @param secrets names of secrets that SkyPilot supplies
 */
public record TaskValues(
    RunId runId,
    @Nullable Accelerators accelerators,
    List<CloudCandidate> clouds,
    @Nullable Boolean spot,
    Map<String, String> labels,
    Map<String, String> environment,
    List<String> secrets) {

  /** Copies the collections. */
  public TaskValues {
    clouds = List.copyOf(clouds);
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
    secrets = List.copyOf(secrets);
  }
}
