package dev.wrinklefree.launch.catalog;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a request may ask for, and what it gets where it asks for nothing.
 *
 * @param defaultScales the scale that a model gets, by model; its keys are the known models
 * @param modes known modes
 * @param defaultMode one of {@code modes}
 * @param scales GPUs per node, by scale
 * @param clouds known clouds, lower case
 * @param cloudOrder candidates of a request that names none, first choice first
 * @param secrets names of the secrets that a request may ask for
 * @param standingSecrets names of the secrets that every run gets without asking
 * @param defaultTemplate template of a request that names none
 * @param foreignTasks whether a request may bring a task of its own
 */
public record Catalog(
    SortedMap<String, String> defaultScales,
    SortedSet<String> modes,
    String defaultMode,
    SortedMap<String, Accelerators> scales,
    SortedSet<String> clouds,
    List<CloudCandidate> cloudOrder,
    SortedSet<String> secrets,
    List<String> standingSecrets,
    String defaultTemplate,
    boolean foreignTasks) {

  /**
   * @throws IllegalArgumentException if the parts contradict each other; the message names the part
   */
  public Catalog {
    defaultScales = sorted(defaultScales);
    modes = sorted(modes);
    scales = sorted(scales);
    clouds = sorted(clouds);
    cloudOrder = List.copyOf(cloudOrder);
    secrets = sorted(secrets);
    standingSecrets = List.copyOf(standingSecrets);
    require(!defaultScales.isEmpty(), "no model is configured");
    require(modes.contains(defaultMode), "the default mode " + defaultMode + " is no mode");
    for (Map.Entry<String, String> model : defaultScales.entrySet()) {
      require(
          scales.containsKey(model.getValue()),
          "model " + model.getKey() + " has the unknown default scale " + model.getValue());
    }
    require(!cloudOrder.isEmpty(), "no cloud is configured");
    for (CloudCandidate candidate : cloudOrder) {
      require(
          clouds.contains(candidate.cloud()),
          "the cloud order has the unknown cloud " + candidate.cloud());
    }
    require(
        secrets.containsAll(standingSecrets), "every standing secret must be an allowed secret");
  }

  /** Known models. */
  public Set<String> models() {
    return defaultScales.keySet();
  }

  /**
   * What a scale stands for.
   *
   * @throws IllegalArgumentException if the scale is unknown
   */
  public Accelerators accelerators(String scale) {
    Accelerators accelerators = scales.get(scale);
    if (accelerators == null) {
      throw new IllegalArgumentException("there is no scale " + scale);
    }
    return accelerators;
  }

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  private static SortedSet<String> sorted(Set<String> set) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(set));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
