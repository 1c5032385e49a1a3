package dev.wrinklefree.checkpoint.unattributed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Where nothing but runs should lie, and how often that is looked at. */
@ConfigMapping(prefix = "wf.unattributed")
public interface UnattributedConfig {

  /**
   * Prefixes to list whole, each as {@code gs://<bucket>/<prefix>/}; the homes of the kinds of jobs
   * that come with the platform.
   */
  @WithDefault(
      "gs://wrinklefree-checkpoints/fairy2/,gs://wrinklefree-checkpoints/checkpoints/,"
          + "gs://wrinklefree-checkpoints/dlm/,gs://wrinklefree-checkpoints/eval/")
  List<String> roots();

  /** Between two listings of a root. */
  @WithDefault("PT10M")
  Duration interval();

  /** How many objects of a root are told one by one; the count in the metric has no limit. */
  @WithDefault("10000")
  int limit();
}
