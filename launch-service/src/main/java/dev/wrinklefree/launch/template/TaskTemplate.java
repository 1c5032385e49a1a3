package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.launch.header.TemplateHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * A SkyPilot task that misses what is particular to a run.
 *
 * @param name the template's name
 * @param task the task as its YAML says; never changed
 * @param header what it says of its kind of job
 */
public record TaskTemplate(String name, ObjectNode task, TemplateHeader header) {

  /** Name of the template that a request's own task counts as. */
  public static final String FOREIGN = "task";

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

  /** The machines that the task itself asks for. */
  public OwnMachines machines() {
    return OwnMachines.of(task.path("resources"));
  }

  /** Whether a request brought the task. */
  public boolean foreign() {
    return name.equals(FOREIGN);
  }

  /** Names of the variables that the task sets itself. */
  public List<String> variables() {
    List<String> names = new ArrayList<>();
    task.path("envs").fieldNames().forEachRemaining(names::add);
    return names;
  }
}
