package dev.wrinklefree.rest.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the caller of the framework's identity, which is another one in each request. */
@Singleton
class CallerBeans {

  @Produces
  @Singleton
  Caller caller(SecurityIdentity identity) {
    return new Caller() {
      @Override
      public String principal() {
        return identity.getPrincipal().getName();
      }

      @Override
      public boolean isAdmin() {
        return identity.hasRole(Roles.ADMIN);
      }
    };
  }
}
