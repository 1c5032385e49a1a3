package dev.wrinklefree.monitor.training;

import dev.wrinklefree.monitor.wandb.WandbClient;

/** Whether W&amp;B can be asked. */
public sealed interface WandbAccess {

  /** With an API key. */
  record On(WandbClient client) implements WandbAccess {}

  /** Without one: no figures are read. */
  record Off() implements WandbAccess {

    /** For people. */
    public static final String REASON = "off: no API key is configured (WANDB_API_KEY)";
  }
}
