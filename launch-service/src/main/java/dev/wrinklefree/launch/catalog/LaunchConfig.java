package dev.wrinklefree.launch.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be launched, and where its results go. */
@ConfigMapping(prefix = "wf.launch")
public interface LaunchConfig {

  /** The known models, each with the scale that it gets by default. */
  Map<String, String> models();

  /** The scales, each in SkyPilot's notation such as {@code H100:4}: type and GPUs per node. */
  Map<String, String> scales();

  /** Known modes. */
  @WithDefault("w1,w2")
  Set<String> modes();

  /** Mode of a request that names none. */
  @WithDefault("w2")
  String defaultMode();

  /** Candidates of a request that names none, first choice first. */
  @WithDefault("nebius,gcp,aws")
  List<String> cloudOrder();

  /** Clouds that a request may name. */
  @WithDefault("nebius,gcp,aws,azure,lambda,runpod,kubernetes")
  Set<String> clouds();

  /** Names of the secrets that a request may ask for; SkyPilot supplies their values. */
  @WithDefault("WANDB_API_KEY,HF_TOKEN")
  Set<String> secrets();

  /** Names of the secrets that every run gets without asking; each must be allowed, too. */
  Optional<List<String>> standingSecrets();

  /** Template of a request that names none. */
  @WithDefault("fairy2_train")
  String defaultTemplate();

  /**
   * Whether a request may bring a task of its own. Its script is whatever a launcher writes, and
   * runs with the credentials that SkyPilot gives to machines.
   */
  @WithDefault("true")
  boolean foreignTasks();

  /** Google Cloud Storage bucket of the checkpoints. */
  @WithDefault("wrinklefree-checkpoints")
  String bucket();

  /** Object-name prefix of a run, with the placeholders {model} and {runId}. */
  @WithDefault("fairy2/{model}/{runId}/")
  String prefixPattern();

  /** Weights &amp; Biases. */
  Wandb wandb();

  /** Where metrics go. */
  interface Wandb {

    /** W&amp;B project of all runs. */
    @WithDefault("wrinklefree-fairy2")
    String project();

    /** W&amp;B team or user; absent means the API key's default. */
    Optional<String> entity();
  }
}
