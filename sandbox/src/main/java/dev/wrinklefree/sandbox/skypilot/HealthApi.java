package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** {@code /api/health}, which is open to everyone and tells more to those who may know. */
final class HealthApi {

  private final Authentication authentication;

  HealthApi(Authentication authentication) {
    this.authentication = authentication;
  }

  HttpAnswer health(Gate.ClientVersion version, boolean open, Optional<Caller> caller) {
    boolean anonymous = !open && caller.isEmpty();
    if (anonymous) {
      if (!(version instanceof Gate.ClientVersion.Known known)) {
        return HttpAnswer.ok(JsonNodeFactory.instance.objectNode().put("status", "healthy"));
      }
      if (known.number() < ApiVersion.NEEDS_AUTH_CLIENT) {
        return HttpAnswer.detail(401, "Authentication required");
      }
    }
    ObjectNode health =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", anonymous ? "needs_auth" : "healthy")
            .put("api_version", Integer.toString(ApiVersion.NUMBER))
            .put("version", ApiVersion.RELEASE)
            .put("version_on_disk", ApiVersion.RELEASE)
            .put("commit", ApiVersion.COMMIT)
            .put("basic_auth_enabled", false);
    caller.ifPresentOrElse(
        user -> health.putObject("user").put("id", user.id()).put("name", user.name()),
        () -> health.putNull("user"));
    return HttpAnswer.ok(
        health
            .put("service_account_token_enabled", authentication instanceof Authentication.Bearer)
            .put("ingress_basic_auth_enabled", authentication instanceof Authentication.Basic)
            .put("external_proxy_auth_enabled", false)
            .putNull("latest_version")
            .put("telemetry_enabled", false));
  }
}
