package dev.wrinklefree.launch.plan;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.launch.header.Parameter;
import dev.wrinklefree.launch.header.TemplateHeader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variables by which a task learns what it is to do and where its results go. */
final class TaskEnvironment {

  private TaskEnvironment() {}

  /** The platform's variables over the request's own; the two sets are disjoint by validation. */
  static Map<String, String> of(
      LaunchAccepted run, TemplateHeader header, Map<String, String> requested) {
    Map<String, String> environment = new TreeMap<>(requested);
    for (Parameter parameter : header.parameters()) {
      putIfAny(environment, parameter.env(), run.parameters().get(parameter.name()));
    }
    if (header.resume() != null && run.resumedFrom() != null) {
      environment.put(header.resume().env(), header.resume().value(run.resumedFrom()));
    }
    putIfAny(environment, "MODEL", run.model());
    putIfAny(environment, "MODE", run.mode());
    putIfAny(environment, "SCALE", run.scale());
    environment.put("RUN_ID", run.runId().value());
    environment.put("GCS_BUCKET", run.bucket());
    environment.put("GCS_PREFIX", run.checkpointPrefix());
    if (header.wandb()) {
      wandb(run.wandb(), run.name(), environment);
    }
    if (header.overrides().taken()) {
      overrides(run.overrides(), environment);
    }
    return environment;
  }

  private static void putIfAny(
      Map<String, String> environment, String variable, @Nullable String value) {
    if (value != null) {
      environment.put(variable, value);
    }
  }

  private static void wandb(WandbRun wandb, String group, Map<String, String> environment) {
    environment.put("WANDB_PROJECT", wandb.project());
    if (wandb.entity() != null) {
      environment.put("WANDB_ENTITY", wandb.entity());
    }
    environment.put("WANDB_RUN_ID", wandb.id());
    // After a recovery the same W&B run goes on instead of a second one beginning.
    environment.put("WANDB_RESUME", "allow");
    environment.put("WANDB_NAME", wandb.id());
    environment.put("WANDB_RUN_GROUP", group);
  }

  /** One variable each: a list stays a list until the task's shell puts it into an array. */
  private static void overrides(List<String> overrides, Map<String, String> environment) {
    environment.put("OVERRIDE_COUNT", Integer.toString(overrides.size()));
    for (int i = 0; i < overrides.size(); i++) {
      environment.put("OVERRIDE_" + i, overrides.get(i));
    }
  }
}
