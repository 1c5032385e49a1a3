package dev.wrinklefree.launch.template;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.RunId;
import java.util.List;
import java.util.Map;

/**
 * What is particular to a run's task.
 *
 * @param runId becomes the job's name, and its correlation id in SkyPilot's records
 * @param accelerators GPUs per node
 * @param clouds candidates in order, at least one
 * @param spot whether interruptible machines are used
 * @param labels put on the machines
 * @param environment plain variables; they win over the template's
 * @param secrets names of secrets that SkyPilot supplies
 */
public record TaskValues(
    RunId runId,
    Accelerators accelerators,
    List<CloudCandidate> clouds,
    boolean spot,
    Map<String, String> labels,
    Map<String, String> environment,
    List<String> secrets) {

  /**
   * @throws IllegalArgumentException if there is no cloud
   */
  public TaskValues {
    clouds = List.copyOf(clouds);
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
    secrets = List.copyOf(secrets);
    if (clouds.isEmpty()) {
      throw new IllegalArgumentException("a task needs at least one cloud candidate");
    }
  }
}
