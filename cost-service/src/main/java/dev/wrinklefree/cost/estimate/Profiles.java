package dev.wrinklefree.cost.estimate;

import dev.wrinklefree.contract.value.Accelerators;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be estimated.
 *
 * @param models known models
 * @param scales GPUs of one node by scale
 * @param times known training times, by model and then by scale
 * @param clouds in order of preference
 * @param template the task template that {@code times} are for
 * @param usualSteps how many steps a template takes unless it is told otherwise
 */
public record Profiles(
    List<String> models,
    Map<String, Accelerators> scales,
    Map<String, Map<String, KnownTime>> times,
    List<String> clouds,
    String template,
    Map<String, Long> usualSteps) {

  private static final Pattern NOTATION = Pattern.compile("([A-Za-z0-9-]+):([1-9][0-9]{0,2})");

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if a time is for an unknown model or scale
   */
  public Profiles {
    models = List.copyOf(models);
    scales = new TreeMap<>(scales);
    clouds = List.copyOf(clouds);
    for (Map.Entry<String, Map<String, KnownTime>> byModel : times.entrySet()) {
      if (!models.contains(byModel.getKey())) {
        throw new IllegalArgumentException(
            "there is a training time for the unknown model " + byModel.getKey());
      }
      for (String scale : byModel.getValue().keySet()) {
        if (!scales.containsKey(scale)) {
          throw new IllegalArgumentException(
              "there is a training time for the unknown scale " + scale);
        }
      }
    }
    times = Map.copyOf(times);
    usualSteps = Map.copyOf(usualSteps);
  }

  /** Known scales, smallest first. */
  List<String> scaleNames() {
    List<String> names = new ArrayList<>(scales.keySet());
    names.sort(Comparator.comparingInt(name -> accelerators(name).orElseThrow().count()));
    return names;
  }

  /** GPUs of one node of that scale, if there is such a scale. */
  Optional<Accelerators> accelerators(String scale) {
    return Optional.ofNullable(scales.get(scale));
  }

  /** How many steps the template takes unless it is told otherwise, if that is known. */
  Optional<Long> usualSteps(String name) {
    return Optional.ofNullable(usualSteps.get(name));
  }

  /** How long such a training takes, if anybody has said so. */
  Optional<KnownTime> time(String model, String scale) {
    @Nullable Map<String, KnownTime> byScale = times.get(model);
    return byScale == null ? Optional.empty() : Optional.ofNullable(byScale.get(scale));
  }

  /** A cloud's place in the order of preference; clouds that are not in it share the last. */
  int rank(String cloud) {
    int index = clouds.indexOf(cloud);
    return index < 0 ? clouds.size() : index;
  }

  /**
   * Reads scales in SkyPilot's notation.
   *
   * @param notations by scale, each such as {@code H100:4}
   * @throws IllegalArgumentException if one is malformed; the message names its scale
   */
  static Map<String, Accelerators> readScales(Map<String, String> notations) {
    Map<String, Accelerators> scales = new LinkedHashMap<>();
    notations.forEach(
        (scale, notation) -> {
          Matcher parts = NOTATION.matcher(notation);
          if (!parts.matches()) {
            throw new IllegalArgumentException(
                "scale " + scale + " must be GPUs such as H100:4, not '" + notation + "'");
          }
          scales.put(scale, new Accelerators(parts.group(1), Integer.parseInt(parts.group(2))));
        });
    return scales;
  }
}
