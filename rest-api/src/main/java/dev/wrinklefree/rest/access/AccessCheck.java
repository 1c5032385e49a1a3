package dev.wrinklefree.rest.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start who can get in, and what to set where nobody can. */
@ApplicationScoped
class AccessCheck {

  private static final Logger LOGGER = LoggerFactory.getLogger(AccessCheck.class);

  private final StaticTokens tokens;
  private final boolean openIdConnect;

  AccessCheck(
      StaticTokens tokens,
      @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider) {
    this.tokens = tokens;
    this.openIdConnect = provider.isPresent();
  }

  void start(@Observes StartupEvent event) {
    if (tokens.count() == 0 && !openIdConnect) {
      LOGGER.warn(
          "REST refuses everybody: set quarkus.oidc.auth-server-url, or"
              + " wf.access.tokens.<name>.sha256 and .roles");
      return;
    }
    LOGGER.info(
        "REST takes {} static tokens; OpenID Connect is {}",
        tokens.count(),
        openIdConnect ? "on" : "off");
  }
}
