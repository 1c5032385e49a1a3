package dev.wrinklefree.skypilot.jobs;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for and where it runs. The server's placeholder {@code -} reads as null. A
 * finished job may still show where it last ran.
 *
 * @param resources the request, e.g. {@code 1x[L4:1][Spot]}
 * @param clusterResources the machines, e.g. {@code 1x[spot](gpus=L4:1, g2-standard-8, ...)}
 * @param cloud e.g. {@code GCP}
 * @param region e.g. {@code us-central1}
 * @param zone e.g. {@code us-central1-a}
 * @param accelerators per machine, by name; empty if unknown or none
 */
public record JobPlacement(
    @Nullable String resources,
    @Nullable String clusterResources,
    @Nullable String cloud,
    @Nullable String region,
    @Nullable String zone,
    Map<String, BigDecimal> accelerators) {

  /** Nothing known. */
  public static final JobPlacement NONE = new JobPlacement(null, null, null, null, null, Map.of());

  private static final Pattern COUNT = Pattern.compile("^(\\d{1,6})x");

  /** The components between the parentheses; SkyPilot writes no parentheses inside them. */
  private static final Pattern COMPONENTS = Pattern.compile("\\((.*)\\)");

  /** A bare word with a letter: {@code cpus=8} is a figure, {@code ...} an ellipsis. */
  private static final Pattern INSTANCE_TYPE =
      Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._:/+-]*");

  public JobPlacement {
    accelerators = Map.copyOf(accelerators);
  }

  /** Whether a machine is known to have been found, at present or before. */
  public boolean isPlaced() {
    return cloud != null || clusterResources != null;
  }

  /**
   * Whether the machines may be taken away. What runs counts before what was asked for. False also
   * when neither is known.
   */
  public boolean spot() {
    if (clusterResources != null) {
      return clusterResources.contains("[spot]");
    }
    return resources != null && resources.contains("[Spot]");
  }

  /** The cloud's own name of the machine type, e.g. {@code g2-standard-8}. */
  public Optional<String> instanceType() {
    if (clusterResources == null) {
      return Optional.empty();
    }
    Matcher components = COMPONENTS.matcher(clusterResources);
    if (!components.find()) {
      return Optional.empty();
    }
    for (String component : components.group(1).split(",", -1)) {
      if (INSTANCE_TYPE.matcher(component.strip()).matches()) {
        return Optional.of(component.strip());
      }
    }
    return Optional.empty();
  }

  /** Number of machines: those that run, else those asked for. */
  public OptionalInt nodes() {
    OptionalInt running = count(clusterResources);
    return running.isPresent() ? running : count(resources);
  }

  private static OptionalInt count(@Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    Matcher count = COUNT.matcher(text);
    return count.find() ? OptionalInt.of(Integer.parseInt(count.group(1))) : OptionalInt.empty();
  }
}
