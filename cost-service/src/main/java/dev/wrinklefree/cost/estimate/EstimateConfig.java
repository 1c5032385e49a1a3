package dev.wrinklefree.cost.estimate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What estimates know of models, scales and clouds. */
@ConfigMapping(prefix = "wf.cost")
interface EstimateConfig {

  /** Models that can be launched. */
  @WithDefault("smollm2_135m,qwen3_4b")
  List<String> models();

  /** GPUs of one node by scale, in SkyPilot's notation such as {@code H100:4}. */
  Map<String, String> scales();

  /** Clouds in the order in which a run tries them; others come after these. */
  @WithDefault("nebius,gcp,aws")
  List<String> clouds();

  /** The task template that {@link #trainingTimes()} are for. */
  @WithDefault("fairy2_train")
  String trainingTemplate();

  /** By task template: how many steps it takes unless an override says otherwise. */
  Map<String, Long> usualSteps();

  /** By model, then by scale: how long a training takes. */
  Map<String, Map<String, TrainingTime>> trainingTimes();

  /** How long a training takes, and who says so. */
  interface TrainingTime {

    /** Hours from first to last step, as a decimal. */
    BigDecimal hours();

    /** Where the figure comes from. */
    String source();

    /** How many steps it takes in that time; absent if that is not said. */
    OptionalLong steps();
  }
}
