package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** {@code /api/health}, which tells whom the server takes the caller for. */
final class HealthApi {

  private final Authentication authentication;

  HealthApi(Authentication authentication) {
    this.authentication = authentication;
  }

  HttpAnswer health(Optional<Caller> caller) {
    ObjectNode health =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "healthy")
            .put("api_version", Integer.toString(ApiVersion.NUMBER))
            .put("version", ApiVersion.RELEASE)
            .put("version_on_disk", ApiVersion.RELEASE)
            .put("commit", ApiVersion.COMMIT)
            .put("basic_auth_enabled", authentication instanceof Authentication.Basic);
    caller.ifPresentOrElse(
        user -> health.putObject("user").put("id", user.id()).put("name", user.name()),
        () -> health.putNull("user"));
    return HttpAnswer.ok(
        health
            .put("service_account_token_enabled", authentication instanceof Authentication.Bearer)
            .put("ingress_basic_auth_enabled", false)
            .put("external_proxy_auth_enabled", true)
            .putNull("latest_version")
            .put("telemetry_enabled", false));
  }
}
