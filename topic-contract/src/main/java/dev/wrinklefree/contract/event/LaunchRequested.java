package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Start this run. The run id is the event's subject and record key; where a producer gives none it
 * is derived from the event's source and id.
 *
 * @param template name of the task template; absent means {@code fairy2_train}
 * @param name the friendly name that people use in {@code wf logs} and {@code wf cancel}, shared by
 *     many runs; absent means the template's own, {@code wf-fairy2-train}
 * @param model for example {@code smollm2_135m}; templates say whether they need one
 * @param mode {@code w1} (1-bit) or {@code w2} (2-bit); absent means the template's choice, {@code
 *     w2} for Fairy2
 * @param scale {@code dev}, {@code small}, {@code medium}, {@code large} or {@code xlarge}; absent
 *     means the model's default
 * @param overrides training configuration, one {@code key=value} each, kept as a list down to the
 *     trainer's argument vector
 * @param environment plain environment variables for the task; never secrets
 * @param secrets names of secrets that SkyPilot supplies as environment variables; values never
 *     travel in events
 * @param clouds candidates in order; empty or absent means the platform's order
 * @param spot whether interruptible machines may be used; absent means the template's choice
 * @param budget most that the run may cost; absent means no limit
 * @param labels free key-value pairs, put on the machines and on later events
 * @param owner who answers for the run; absent means unknown
 * @param parameters the template's own parameters by name, for example {@code stage=2}
 * @param resume where training goes on from: {@code latest} for the newest complete checkpoint of
 *     the newest earlier run like this one, a run id for that run's newest, or a {@code gs://} URI;
 *     absent means from the beginning
 * @param task the YAML of any SkyPilot task, at most 64 KiB, in place of a template
 */
public record LaunchRequested(
    @Nullable String template,
    @Nullable String name,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String scale,
    List<String> overrides,
    Map<String, String> environment,
    List<String> secrets,
    List<CloudCandidate> clouds,
    @Nullable Boolean spot,
    @Nullable Budget budget,
    Map<String, String> labels,
    @Nullable String owner,
    Map<String, String> parameters,
    @Nullable String resume,
    @Nullable String task)
    implements EventData {

  /** Absent collections become empty ones. */
  public LaunchRequested {
    overrides = Absent.list(overrides);
    environment = Absent.map(environment);
    secrets = Absent.list(secrets);
    clouds = Absent.list(clouds);
    labels = Absent.map(labels);
    parameters = Absent.map(parameters);
  }
}
