package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A SkyPilot task that misses what is particular to a run.
 *
 * @param name the template's name
 * @param task the task as its YAML says; never changed
 */
public record TaskTemplate(String name, ObjectNode task) {

  /** A copy, so that nobody else can change it. */
  public TaskTemplate {
    task = task.deepCopy();
  }

  @Override
  public ObjectNode task() {
    return task.deepCopy();
  }

  /** The friendly name of its runs: the task's own, else the template's. */
  public String friendlyName() {
    String own = task.path("name").asText();
    return own.isEmpty() ? name : own;
  }

  /** Whether it asks for interruptible machines. */
  public boolean spot() {
    JsonNode useSpot = task.path("resources").path("use_spot");
    return useSpot.asBoolean(false);
  }
}
