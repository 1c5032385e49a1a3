package dev.wrinklefree.skypilot;

import org.jspecify.annotations.Nullable;

/**
 * What the server says of itself. Good health is not readiness: its workers may be stuck all the
 * same.
 *
 * @param status {@code healthy} if all is well
 * @param apiVersion the server's API version
 * @param version its release, e.g. {@code 0.13.0}
 * @param commit the commit it was built from
 * @param basicAuthEnabled whether it checks basic authentication itself
 * @param serviceAccountTokenEnabled whether it accepts bearer tokens
 * @param userName who it takes us for, if it authenticates
 */
public record ServerHealth(
    String status,
    int apiVersion,
    String version,
    @Nullable String commit,
    boolean basicAuthEnabled,
    boolean serviceAccountTokenEnabled,
    @Nullable String userName) {

  /** Whether the server finds itself well. */
  public boolean isHealthy() {
    return status.equals("healthy");
  }
}
