package dev.wrinklefree.rest.access;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Always chooses the one provider of {@code quarkus.oidc.*}. Without a resolver the extension
 * refuses to start where {@code quarkus.oidc.auth-server-url} is not set; with one it only switches
 * that provider off.
 */
@ApplicationScoped
class OidcTenants implements TenantConfigResolver {

  @Override
  public Uni<OidcTenantConfig> resolve(
      RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
    return Uni.createFrom().nullItem();
  }
}
