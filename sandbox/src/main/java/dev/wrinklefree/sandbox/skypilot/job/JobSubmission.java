package dev.wrinklefree.sandbox.skypilot.job;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/**
 * What never changes about a job.
 *
 * @param jobName name of the job; not unique
 * @param taskName name of its task
 * @param userHash id of the user who launched it
 * @param userName name of that user
 * @param entrypoint command that launched it, as the client said
 * @param resources what was asked for, as SkyPilot prints it
 * @param priority -1000..1000
 * @param labels labels of its machines
 * @param metadata the task's {@code _metadata}
 * @param redactedYaml the task without values of secrets
 * @param createdAt when it was taken
 */
public record JobSubmission(
    String jobName,
    String taskName,
    String userHash,
    String userName,
    String entrypoint,
    String resources,
    int priority,
    Map<String, String> labels,
    ObjectNode metadata,
    String redactedYaml,
    Instant createdAt) {

  public JobSubmission {
    requireNonNull(jobName, "jobName is null");
    requireNonNull(taskName, "taskName is null");
    requireNonNull(userHash, "userHash is null");
    requireNonNull(userName, "userName is null");
    requireNonNull(entrypoint, "entrypoint is null");
    requireNonNull(resources, "resources is null");
    labels = Map.copyOf(labels);
    requireNonNull(metadata, "metadata is null");
    requireNonNull(redactedYaml, "redactedYaml is null");
    requireNonNull(createdAt, "createdAt is null");
  }
}
