package dev.wrinklefree.launch.header;

import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.MetricKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a template says of its kind of job. It stands in the task's {@code _metadata.wrinklefree},
 * which SkyPilot's schema leaves free, so that the same file is a task for {@code sky launch}.
 *
 * @param description one sentence for people; null means none
 * @param model which models it takes
 * @param mode which modes it takes
 * @param scale scale where neither request nor model names one; null means the task's own machines
 * @param parameters its own values, in the order of the header
 * @param overrides what it does with overrides
 * @param prefix where its objects go; null means the service's pattern where each run has a model,
 *     and else a folder of the template's name
 * @param checkpoints how its checkpoints are named; null means that it writes none
 * @param wandb whether it is told where metrics go
 * @param wandbProject W&amp;B project; null means the service's
 * @param metrics where its figures are found in W&amp;B; null means that it logs none
 * @param resume how it goes on from a checkpoint; null means that it cannot
 * @param acceleratorsUsed GPUs per node that the program really uses; null means all
 */
public record TemplateHeader(
    @Nullable String description,
    ModelRule model,
    ModeRule mode,
    @Nullable String scale,
    List<Parameter> parameters,
    OverrideUse overrides,
    @Nullable PrefixPattern prefix,
    @Nullable CheckpointLayout checkpoints,
    boolean wandb,
    @Nullable String wandbProject,
    @Nullable MetricKeys metrics,
    @Nullable ResumeRule resume,
    @Nullable Integer acceleratorsUsed) {

  /** Key of {@code _metadata} under which a header stands. */
  public static final String KEY = "wrinklefree";

  /** A task without a header: a Fairy2 training as the service is configured. */
  public static final TemplateHeader SILENT =
      new TemplateHeader(
          null,
          new ModelRule.AsConfigured(),
          new ModeRule.AsConfigured(),
          null,
          List.of(),
          new OverrideUse(
              true,
              List.of(
                  "gcs.*",
                  "model",
                  "training",
                  "training.mode",
                  "training.output_dir",
                  "training.logging.wandb.project")),
          null,
          CheckpointLayout.FAIRY2,
          true,
          null,
          MetricKeys.FAIRY2,
          null,
          null);

  /** Copies the list. */
  public TemplateHeader {
    parameters = List.copyOf(parameters);
  }

  /**
   * What of it counts for a task that a request brings: where results go and how they are read. The
   * request's own values are the task's own business.
   */
  public TemplateHeader ofForeignTask() {
    return new TemplateHeader(
        description,
        new ModelRule.None(),
        new ModeRule.None(),
        null,
        List.of(),
        new OverrideUse(true, List.of()),
        null,
        checkpoints,
        true,
        wandbProject,
        metrics,
        null,
        acceleratorsUsed);
  }

  /** A foreign task without a header: nobody waits for what it may write. */
  public static TemplateHeader foreignSilent() {
    TemplateHeader header = SILENT.ofForeignTask();
    return new TemplateHeader(
        null,
        header.model,
        header.mode,
        null,
        List.of(),
        header.overrides,
        null,
        null,
        true,
        null,
        null,
        null,
        null);
  }

  /** Scales that it names. */
  public Set<String> scales() {
    Set<String> scales = new TreeSet<>();
    if (model instanceof ModelRule.OneOf one) {
      scales.addAll(one.scales().values());
    }
    if (scale != null) {
      scales.add(scale);
    }
    return scales;
  }

  /** The parameter of that name. */
  public Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }
}
