package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machines that a task itself asks for, as far as they are certain before SkyPilot chooses.
 *
 * @param accelerators GPUs per node; null means none, or a choice
 * @param clouds the clouds that it names, in order; empty means any
 */
public record OwnMachines(@Nullable Accelerators accelerators, List<CloudCandidate> clouds) {

  /** Copies the list. */
  public OwnMachines {
    clouds = List.copyOf(clouds);
  }

  static OwnMachines of(JsonNode resources) {
    List<JsonNode> alternatives = alternatives(resources);
    Optional<Accelerators> common = accelerators(resources.path("accelerators"));
    List<Accelerators> each = new ArrayList<>();
    List<CloudCandidate> clouds = new ArrayList<>();
    boolean anywhere = false;
    for (JsonNode alternative : alternatives) {
      boolean own = alternative.hasNonNull("accelerators");
      (own ? accelerators(alternative.path("accelerators")) : common).ifPresent(each::add);
      Optional<CloudCandidate> cloud = cloud(alternative).or(() -> cloud(resources));
      anywhere |= cloud.isEmpty();
      cloud.filter(candidate -> !clouds.contains(candidate)).ifPresent(clouds::add);
    }
    boolean certain = each.size() == alternatives.size() && each.stream().distinct().count() == 1;
    return new OwnMachines(certain ? each.getFirst() : null, anywhere ? List.of() : clouds);
  }

  /** What the block accepts, each alone; the block itself where it has no alternatives. */
  static List<JsonNode> alternatives(JsonNode resources) {
    List<JsonNode> alternatives = new ArrayList<>();
    for (String key : List.of("ordered", "any_of")) {
      if (resources.path(key).isArray()) {
        resources.path(key).forEach(alternatives::add);
      }
    }
    return alternatives.isEmpty() ? List.of(resources) : alternatives;
  }

  private static Optional<Accelerators> accelerators(JsonNode node) {
    if (node.isTextual()) {
      return parsed(node.textValue());
    }
    if (node instanceof ObjectNode object && object.size() == 1) {
      Map.Entry<String, JsonNode> only = object.properties().iterator().next();
      return parsed(
          only.getValue().isNull()
              ? only.getKey()
              : only.getKey() + ":" + only.getValue().asText());
    }
    return Optional.empty();
  }

  private static Optional<Accelerators> parsed(String notation) {
    String[] parts = notation.split(":", -1);
    if (parts.length > 2 || parts[0].isBlank()) {
      return Optional.empty();
    }
    try {
      int count = parts.length == 1 ? 1 : Integer.parseInt(parts[1].strip());
      return count < 1 ? Optional.empty() : Optional.of(new Accelerators(parts[0].strip(), count));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<CloudCandidate> cloud(JsonNode place) {
    if (place.path("infra").isTextual()) {
      String[] parts = place.path("infra").textValue().split("/", 3);
      return named(parts[0], parts.length > 1 ? parts[1] : null);
    }
    return place.path("cloud").isTextual()
        ? named(
            place.path("cloud").textValue(),
            place.path("region").isTextual() ? place.path("region").textValue() : null)
        : Optional.empty();
  }

  private static Optional<CloudCandidate> named(String cloud, @Nullable String region) {
    return cloud.isBlank() || cloud.equals("*")
        ? Optional.empty()
        : Optional.of(
            new CloudCandidate(
                cloud.toLowerCase(Locale.ROOT),
                region == null || region.equals("*") || region.isBlank() ? null : region));
  }
}
