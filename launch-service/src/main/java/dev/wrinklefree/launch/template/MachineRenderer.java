package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.CloudCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Sets the machines and places of a task's {@code resources}, and leaves the rest as it is. */
final class MachineRenderer {

  /** What another choice of cloud would contradict: machine types are a cloud's own. */
  private static final List<String> PLACE_KEYS =
      List.of("infra", "cloud", "region", "zone", "instance_type");

  /** What another choice of accelerators would contradict. */
  private static final List<String> MACHINE_KEYS = List.of("accelerators", "instance_type");

  private static final List<String> ALTERNATIVES = List.of("any_of", "ordered");

  private MachineRenderer() {}

  static void render(ObjectNode resources, TaskValues values) {
    if (values.accelerators() != null) {
      resources.remove(MACHINE_KEYS);
      alternatives(resources).forEach(alternative -> alternative.remove(MACHINE_KEYS));
      resources.put("accelerators", values.accelerators().notation());
    }
    if (values.spot() != null) {
      alternatives(resources).forEach(alternative -> alternative.remove("use_spot"));
      resources.put("use_spot", values.spot());
    }
    labels(resources, values);
    if (!values.clouds().isEmpty()) {
      places(resources, values.clouds());
    }
  }

  /** Each of the task's own alternatives in each of the clouds, the clouds' order first. */
  private static void places(ObjectNode resources, List<CloudCandidate> clouds) {
    List<ObjectNode> alternatives = new ArrayList<>();
    for (ObjectNode alternative : alternatives(resources)) {
      alternative.remove(PLACE_KEYS);
      if (!alternatives.contains(alternative)) {
        alternatives.add(alternative);
      }
    }
    resources.remove(PLACE_KEYS);
    resources.remove(ALTERNATIVES);
    ArrayNode ordered = resources.putArray("ordered");
    for (CloudCandidate cloud : clouds) {
      if (alternatives.isEmpty()) {
        ordered.addObject().put("infra", infra(cloud));
      }
      for (ObjectNode alternative : alternatives) {
        ordered.addObject().put("infra", infra(cloud)).setAll(alternative.deepCopy());
      }
    }
  }

  /** An alternative's labels replace the block's own, so the run's are put on each. */
  private static void labels(ObjectNode resources, TaskValues values) {
    ObjectNode labels = resources.withObject("/labels");
    new TreeMap<>(values.labels()).forEach(labels::put);
    if (labels.isEmpty()) {
      resources.remove("labels");
    }
    for (ObjectNode alternative : alternatives(resources)) {
      if (alternative.get("labels") instanceof ObjectNode own) {
        new TreeMap<>(values.labels()).forEach(own::put);
      }
    }
  }

  private static List<ObjectNode> alternatives(ObjectNode resources) {
    List<ObjectNode> alternatives = new ArrayList<>();
    for (String key : ALTERNATIVES) {
      for (JsonNode item : resources.path(key)) {
        if (item instanceof ObjectNode alternative) {
          alternatives.add(alternative);
        }
      }
    }
    return alternatives;
  }

  private static String infra(CloudCandidate candidate) {
    return candidate.region() == null
        ? candidate.cloud()
        : candidate.cloud() + "/" + candidate.region();
  }
}
