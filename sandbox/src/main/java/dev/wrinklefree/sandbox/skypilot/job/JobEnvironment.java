package dev.wrinklefree.sandbox.skypilot.job;

import dev.wrinklefree.sandbox.skypilot.request.RequestFailedException;
import dev.wrinklefree.sandbox.skypilot.task.Placement;
import dev.wrinklefree.sandbox.skypilot.task.Task;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables of a job's processes, the later over the earlier: server, task, secrets, SkyPilot.
 */
final class JobEnvironment {

  private static final DateTimeFormatter RUN_TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss-SSSSSS").withZone(ZoneOffset.UTC);

  private final Map<String, String> jobVariables;
  private final Map<String, String> secrets;

  JobEnvironment(Map<String, String> jobVariables, Map<String, String> secrets) {
    this.jobVariables = Map.copyOf(jobVariables);
    this.secrets = Map.copyOf(secrets);
  }

  void requireSecrets(Task task) {
    for (String name : task.namedSecrets()) {
      if (!secrets.containsKey(name)) {
        throw RequestFailedException.valueError(
            "Secret variable '%s' is None. Please set a value for it in task YAML or with --secret flag."
                .formatted(name));
      }
    }
  }

  Map<String, String> of(ManagedJob job, Task task, Placement placement) {
    Map<String, String> environment = new LinkedHashMap<>(jobVariables);
    environment.putAll(task.envs());
    environment.putAll(task.inlineSecrets());
    for (String name : task.namedSecrets()) {
      String value = secrets.get(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    String taskId =
        "sky-managed-%s_%s_%d-0"
            .formatted(
                RUN_TIMESTAMP.format(job.submission().createdAt()),
                job.submission().jobName(),
                job.jobId());
    environment.put("SKYPILOT_TASK_ID", taskId);
    environment.put("SKYPILOT_TASK_IDS", taskId);
    environment.put("SKYPILOT_MANAGED_JOB_ID", Integer.toString(job.jobId()));
    environment.put("SKYPILOT_NUM_JOBS", "1");
    environment.put("SKYPILOT_NUM_NODES", "1");
    environment.put("SKYPILOT_NODE_RANK", "0");
    environment.put("SKYPILOT_NODE_IPS", "127.0.0.1");
    environment.put("SKYPILOT_NUM_GPUS_PER_NODE", Integer.toString(placement.offer().count()));
    return environment;
  }
}
