package dev.wrinklefree.cost.pricing;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where prices come from. */
@ConfigMapping(prefix = "wf.cost")
public interface PricingConfig {

  /** A price book to use in place of the one that ships with the service. */
  Optional<Path> priceBook();

  /** Billing rules to use in place of those that ship with the service. */
  Optional<Path> billingRules();
}
