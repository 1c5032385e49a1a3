package dev.wrinklefree.rest.access;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the static tokens at the start, so that a wrong one refuses the start. */
@Singleton
class AccessBeans {

  @Produces
  @Singleton
  @Startup
  StaticTokens staticTokens(AccessConfig config) {
    return StaticTokens.of(config.tokens());
  }
}
