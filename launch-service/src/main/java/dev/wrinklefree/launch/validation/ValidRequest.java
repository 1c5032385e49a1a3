package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.launch.resume.Likeness;
import dev.wrinklefree.launch.resume.ResumeWish;
import dev.wrinklefree.launch.template.TaskTemplate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request in which nothing is wrong, with defaults filled in.
 *
 * @param template the task template, or the request's own task
 * @param name friendly name, shared by many runs
 * @param model a model that the template takes; null where it takes none
 * @param mode a mode that the template takes; null where it takes none
 * @param scale a known scale; null means the task's own machines
 * @param accelerators what the scale stands for; null with it
 * @param clouds candidates in order; empty means those of the task itself
 * @param spot whether interruptible machines may be used; null means what the request's own task
 *     says
 * @param overrides each {@code key=value}, {@code +key=value} or {@code ~key}
 * @param environment plain variables
 * @param secrets names of secrets, standing ones included
 * @param budget most that the run may cost; null means no limit
 * @param labels for the machines and for later events
 * @param owner who answers for the run, which is a claim until somebody is authenticated; null
 *     means unknown
 * @param parameters the template's own, by name
 * @param resume where training is to go on from
 */
public record ValidRequest(
    TaskTemplate template,
    String name,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String scale,
    @Nullable Accelerators accelerators,
    List<CloudCandidate> clouds,
    @Nullable Boolean spot,
    List<String> overrides,
    Map<String, String> environment,
    List<String> secrets,
    @Nullable Budget budget,
    Map<String, String> labels,
    @Nullable String owner,
    Map<String, String> parameters,
    ResumeWish resume) {

  /** Copies the collections. */
  public ValidRequest {
    clouds = List.copyOf(clouds);
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
    secrets = List.copyOf(secrets);
    labels = Map.copyOf(labels);
    parameters = Map.copyOf(parameters);
  }

  /** What its run shares with those that it may go on from. */
  public String likeness() {
    return Likeness.of(template.name(), model, mode, parameters);
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
        principal,
        parameters,
        resume);
  }
}
