package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Renders the YAML that SkyPilot gets: the template with the run's values set as values. No text is
 * ever pasted into other text, so nothing in a request can become structure or script.
 */
public final class TaskRenderer {

  /** Key of {@code _metadata} that leads from a SkyPilot job back to its run. */
  public static final String RUN_ID_METADATA = "wrinklefree_run_id";

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private TaskRenderer() {}

  /** The task's YAML: one document. */
  public static String render(TaskTemplate template, TaskValues values) {
    ObjectNode task = template.task();
    task.put("name", values.runId().value());
    MachineRenderer.render(task.withObject("/resources"), values);
    environment(task, values);
    ObjectNode secrets = task.withObject("/secrets");
    values.secrets().forEach(secrets::putNull);
    if (secrets.isEmpty()) {
      task.remove("secrets");
    }
    // The header stays behind: it is for us, and every row of SkyPilot's queue would carry it.
    task.putObject("_metadata").put(RUN_ID_METADATA, values.runId().value());
    // Its default mints a token of the API server for every job; a training needs none.
    task.put("api_server_access", false);
    return TaskYaml.write(task);
  }

  private static void environment(ObjectNode task, TaskValues values) {
    ObjectNode envs = task.withObject("/envs");
    git(task.path("workdir"), envs);
    new TreeMap<>(values.environment()).forEach(envs::put);
  }

  /** SkyPilot's own client adds these for a git workdir, and the server does not. */
  private static void git(JsonNode workdir, ObjectNode envs) {
    if (!workdir.path("url").isTextual()) {
      return;
    }
    envs.put("GIT_URL", workdir.path("url").textValue());
    String ref = workdir.path("ref").asText();
    if (COMMIT.matcher(ref).matches()) {
      envs.put("GIT_COMMIT_HASH", ref);
    } else if (!ref.isEmpty()) {
      envs.put("GIT_BRANCH", ref);
    }
  }
}
