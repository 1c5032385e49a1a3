package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.launch.template.TaskTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request in which nothing is wrong, with defaults filled in.
 *
 * @param template the task template
 * @param name friendly name, shared by many runs
 * @param model a known model
 * @param mode a known mode
 * @param scale a known scale
 * @param accelerators what the scale stands for
 * @param clouds candidates in order, at least one
 * @param spot whether interruptible machines may be used
 * @param overrides each {@code key=value}, {@code +key=value} or {@code ~key}
 * @param environment plain variables
 * @param secrets names of secrets, standing ones included
 * @param budget most that the run may cost; null means no limit
 * @param labels for the machines and for later events
 * @param owner who answers for the run, which is a claim until somebody is authenticated; null
 *     means unknown
 */
public record ValidRequest(
    TaskTemplate template,
    String name,
    String model,
    String mode,
    String scale,
    Accelerators accelerators,
    List<CloudCandidate> clouds,
    boolean spot,
    List<String> overrides,
    Map<String, String> environment,
    List<String> secrets,
    @Nullable Budget budget,
    Map<String, String> labels,
    @Nullable String owner) {

  /** Copies the collections. */
  public ValidRequest {
    clouds = List.copyOf(clouds);
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
    secrets = List.copyOf(secrets);
    labels = Map.copyOf(labels);
  }

  /** The same request, for which that owner answers. */
  public ValidRequest ownedBy(String principal) {
    return new ValidRequest(
        template,
        name,
        model,
        mode,
        scale,
        accelerators,
        clouds,
        spot,
        overrides,
        environment,
        secrets,
        budget,
        labels,
        principal);
  }
}
