package dev.wrinklefree.rest.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Knows the static tokens. Any other token is left to OpenID Connect, and where that is not
 * configured the request stays anonymous and is refused by the endpoint.
 */
@ApplicationScoped
class StaticTokenMechanism implements HttpAuthenticationMechanism {

  /** Before OpenID Connect (1001), which refuses what is no token of its provider. */
  private static final int PRIORITY = 2000;

  private final StaticTokens tokens;

  StaticTokenMechanism(StaticTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    return Uni.createFrom()
        .optional(
            Challenge.bearer(context.request())
                .flatMap(tokens::holderOf)
                .map(StaticTokenMechanism::identity));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom()
        .item(
            new ChallengeData(
                HttpResponseStatus.UNAUTHORIZED.code(),
                HttpHeaderNames.WWW_AUTHENTICATE,
                Challenge.to(context.request())));
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  private static SecurityIdentity identity(StaticTokens.Holder holder) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(holder.principal()))
        .addRoles(holder.roles())
        .build();
  }
}
