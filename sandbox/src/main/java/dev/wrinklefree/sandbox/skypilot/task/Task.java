package dev.wrinklefree.sandbox.skypilot.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as its YAML describes it.
 *
 * @param jobName name of the managed job: the header's, else the task's own
 * @param name the task's own name, else the job's
 * @param envs variables of the task in order
 * @param inlineSecrets secrets whose value is in the YAML
 * @param namedSecrets names of the secrets that the server has to supply
 * @param setup script that prepares the machine; null if nothing is to be prepared
 * @param run script that is the job; null if there is nothing to run
 * @param candidates machines that the task accepts, best first; never empty
 * @param recovery when a failed job is started again
 * @param priority -1000..1000, higher first
 * @param labels labels of its machines
 * @param metadata the {@code _metadata} block
 * @param redactedYaml the task as it may be shown: values of secrets are replaced
 */
public record Task(
    String jobName,
    String name,
    Map<String, String> envs,
    Map<String, String> inlineSecrets,
    List<String> namedSecrets,
    @Nullable String setup,
    @Nullable String run,
    List<Candidate> candidates,
    Recovery recovery,
    int priority,
    Map<String, String> labels,
    ObjectNode metadata,
    String redactedYaml) {

  public Task {
    requireNonNull(jobName, "jobName is null");
    requireNonNull(name, "name is null");
    requireNonNull(recovery, "recovery is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(redactedYaml, "redactedYaml is null");
    namedSecrets = List.copyOf(namedSecrets);
    candidates = List.copyOf(candidates);
    labels = Map.copyOf(labels);
  }

  /** Names only: the values of variables and secrets stay out of logs. */
  @Override
  public String toString() {
    return "Task[" + jobName + "]";
  }
}
