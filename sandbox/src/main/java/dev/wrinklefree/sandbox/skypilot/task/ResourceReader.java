package dev.wrinklefree.sandbox.skypilot.task;

import static dev.wrinklefree.sandbox.skypilot.request.RequestFailedException.valueError;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code resources} block of a task. */
final class ResourceReader {

  /** SkyPilot's boot disk when the task names none. */
  private static final int DEFAULT_DISK_GB = 256;

  private static final Set<String> KEYS =
      Set.of(
          "infra",
          "cloud",
          "region",
          "zone",
          "accelerators",
          "accelerator_args",
          "cpus",
          "memory",
          "instance_type",
          "use_spot",
          "disk_size",
          "ephemeral_storage",
          "disk_tier",
          "network_tier",
          "local_disk",
          "max_hourly_cost",
          "image_id",
          "ports",
          "labels",
          "autostop",
          "priority",
          "priority_class",
          "job_recovery",
          "any_of",
          "ordered");

  private ResourceReader() {}

  /** The machines that the block accepts, best first; what an item leaves out the block decides. */
  static List<Candidate> candidates(JsonNode resources) {
    ObjectNode outer = block(resources, "resources");
    if (outer.has("any_of") && outer.has("ordered")) {
      throw valueError("Cannot specify both \"any_of\" and \"ordered\" in resources.");
    }
    JsonNode items = outer.has("any_of") ? outer.get("any_of") : outer.get("ordered");
    ObjectNode defaults = outer.deepCopy();
    defaults.remove(List.of("any_of", "ordered"));
    if (items == null || items.isNull()) {
      return expand(defaults);
    }
    if (!items.isArray() || items.isEmpty()) {
      throw valueError("Invalid resources YAML: any_of and ordered are lists of resources");
    }
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode item : items) {
      ObjectNode merged = defaults.deepCopy();
      merged.setAll(block(item, "resources"));
      candidates.addAll(expand(merged));
    }
    return candidates;
  }

  static Map<String, String> labels(JsonNode resources) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : resources.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return labels;
  }

  static Recovery recovery(JsonNode resources) {
    JsonNode node = resources.path("job_recovery");
    if (!node.isObject()) {
      return new Recovery(0, Set.of());
    }
    Set<Integer> codes = new HashSet<>();
    JsonNode onCodes = node.path("recover_on_exit_codes");
    if (onCodes.isInt()) {
      codes.add(onCodes.intValue());
    }
    onCodes.forEach(code -> codes.add(code.intValue()));
    return new Recovery(node.path("max_restarts_on_errors").asInt(0), codes);
  }

  private static List<Candidate> expand(ObjectNode block) {
    List<Accelerator> accelerators = accelerators(block.path("accelerators"));
    if (accelerators.isEmpty()) {
      return List.of(candidate(block, null));
    }
    return accelerators.stream().map(accelerator -> candidate(block, accelerator)).toList();
  }

  private static Candidate candidate(ObjectNode block, @Nullable Accelerator accelerator) {
    Optional<String> infra = text(block, "infra");
    if (infra.isPresent() && (block.has("cloud") || block.has("region") || block.has("zone"))) {
      throw valueError("Cannot specify both `infra` and `cloud`, `region`, or `zone` parameters.");
    }
    Optional<String> cloud = infra.flatMap(name -> part(name, 0)).or(() -> text(block, "cloud"));
    Optional<String> region = infra.flatMap(name -> part(name, 1)).or(() -> text(block, "region"));
    return new Candidate(
        cloud.orElse(null),
        region.orElse(null),
        text(block, "instance_type").orElse(null),
        accelerator == null ? null : accelerator.name(),
        accelerator == null ? 0 : accelerator.count(),
        block.path("use_spot").asBoolean(false),
        diskGb(block.path("disk_size")));
  }

  private static Optional<String> part(String infra, int index) {
    String[] parts = infra.split("/", -1);
    return index < parts.length && !parts[index].isEmpty() && !parts[index].equals("*")
        ? Optional.of(parts[index])
        : Optional.empty();
  }

  private record Accelerator(String name, int count) {
    static Accelerator parse(String text) {
      String[] parts = text.split(":", -1);
      try {
        return new Accelerator(
            parts[0].strip(), parts.length == 1 ? 1 : Integer.parseInt(parts[1].strip()));
      } catch (NumberFormatException e) {
        throw valueError(
            "The \"accelerators\" field as a str should be <name> or <name>:<cnt>. Found: " + text);
      }
    }
  }

  private static List<Accelerator> accelerators(JsonNode node) {
    List<Accelerator> accelerators = new ArrayList<>();
    if (node.isTextual()) {
      accelerators.add(Accelerator.parse(node.textValue()));
    } else if (node.isArray()) {
      node.forEach(item -> accelerators.add(Accelerator.parse(item.asText())));
    } else if (node.isObject()) {
      // A mapping of several names is a YAML set: any of them will do.
      node.properties()
          .forEach(
              entry ->
                  accelerators.add(
                      entry.getValue().isNull()
                          ? Accelerator.parse(entry.getKey())
                          : new Accelerator(entry.getKey(), entry.getValue().asInt(1))));
    }
    return accelerators;
  }

  private static int diskGb(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return DEFAULT_DISK_GB;
    }
    try {
      return Integer.parseInt(node.asText().replaceAll("(?i)\\s*gb?$", ""));
    } catch (NumberFormatException e) {
      throw valueError("Invalid disk_size: " + node.asText());
    }
  }

  private static Optional<String> text(ObjectNode block, String key) {
    JsonNode node = block.get(key);
    return node == null || node.isNull() || node.asText().equals("*")
        ? Optional.empty()
        : Optional.of(node.asText());
  }

  private static ObjectNode block(JsonNode node, String where) {
    if (node.isMissingNode() || node.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(node instanceof ObjectNode object)) {
      throw valueError("Invalid " + where + " YAML: a mapping is expected");
    }
    TaskReader.refuseUnknownKeys(object, KEYS, where);
    return object;
  }
}
