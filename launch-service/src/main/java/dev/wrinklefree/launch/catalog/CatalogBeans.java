package dev.wrinklefree.launch.catalog;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the catalog from its configuration; a contradiction in it fails the start. */
@Singleton
class CatalogBeans {

  @Produces
  @Singleton
  Catalog catalog(LaunchConfig config) {
    TreeMap<String, Accelerators> scales = new TreeMap<>();
    config.scales().forEach((scale, notation) -> scales.put(scale, accelerators(scale, notation)));
    return new Catalog(
        new TreeMap<>(config.models()),
        new TreeSet<>(config.modes()),
        config.defaultMode(),
        scales,
        new TreeSet<>(config.clouds()),
        config.cloudOrder().stream().map(cloud -> new CloudCandidate(cloud, null)).toList(),
        new TreeSet<>(config.secrets()),
        config.standingSecrets().orElse(List.of()),
        config.defaultTemplate(),
        config.foreignTasks());
  }

  @Produces
  @Singleton
  Homes homes(LaunchConfig config) {
    return new Homes(
        config.bucket(),
        config.prefixPattern(),
        config.wandb().project(),
        config.wandb().entity().orElse(null));
  }

  static Accelerators accelerators(String scale, String notation) {
    String[] parts = notation.split(":", 2);
    try {
      return new Accelerators(parts[0], parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "wf.launch.scales." + scale + " must be like H100:4, not " + notation, e);
    }
  }
}
