package dev.wrinklefree.cost.focus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an export says of our own house. */
@ConfigMapping(prefix = "wf.cost.focus")
interface FocusConfig {

  /** {@code BillingAccountId} and {@code BillingAccountName} of all charges. */
  @WithDefault("wrinklefree")
  String billingAccount();
}
