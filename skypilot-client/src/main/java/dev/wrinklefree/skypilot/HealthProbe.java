package dev.wrinklefree.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.failure.Refusal.NeedsAuthentication;
import dev.wrinklefree.skypilot.failure.Refusal.NotUnderstood;
import dev.wrinklefree.skypilot.failure.Refusal.VersionMismatch;
import dev.wrinklefree.skypilot.failure.Repeatability;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.http.HttpTransport;
import dev.wrinklefree.skypilot.http.Json;
import dev.wrinklefree.skypilot.http.Reply;
import dev.wrinklefree.skypilot.http.ReplyClassifier;
import dev.wrinklefree.skypilot.http.TransportFailure;
import java.time.Duration;

/** Asks for health with the limits of SkyPilot's own client. */
final class HealthProbe {
  private static final Duration TIMEOUT = Duration.ofMillis(2_500);
  private static final int TRIES = 3;

  private final HttpTransport transport;

  HealthProbe(HttpTransport transport) {
    this.transport = transport;
  }

  ServerHealth check() {
    for (int tries = 1; ; tries++) {
      try {
        return once();
      } catch (Retryable e) {
        if (tries == TRIES || transport.isClosed() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private ServerHealth once() {
    Reply reply;
    try {
      reply = transport.get("/api/health", TIMEOUT);
    } catch (TransportFailure e) {
      throw new Retryable("no answer to /api/health: " + e.reason(), e);
    }
    if (!reply.ok()) {
      throw ReplyClassifier.failure(reply, Repeatability.REPEATABLE);
    }
    return read(
        Json.parse(reply.body())
            .orElseThrow(() -> new Permanent(new NotUnderstood("/api/health is no JSON"))));
  }

  private static ServerHealth read(JsonNode body) {
    String status = body.path("status").asText();
    if (status.equals("needs_auth")) {
      throw new Permanent(new NeedsAuthentication("the server does not know who we are"));
    }
    // A string on the wire; a number is as clear.
    String apiVersion = body.path("api_version").asText();
    if (!apiVersion.matches("\\d{1,9}") || !body.path("version").isTextual()) {
      throw new Permanent(new NotUnderstood("/api/health names no api_version and version"));
    }
    ServerHealth health =
        new ServerHealth(
            status,
            Integer.parseInt(apiVersion),
            body.path("version").textValue(),
            body.path("commit").textValue(),
            body.path("basic_auth_enabled").asBoolean(),
            body.path("service_account_token_enabled").asBoolean(),
            body.path("user").path("name").textValue());
    return requireNewEnough(health);
  }

  private static ServerHealth requireNewEnough(ServerHealth health) throws SkyPilotException {
    if (health.apiVersion() >= SkyPilotSettings.MIN_SERVER_API_VERSION) {
      return health;
    }
    throw new Permanent(
        new VersionMismatch(
            "the server's is %d (release %s), this client needs at least %d"
                .formatted(
                    health.apiVersion(),
                    health.version(),
                    SkyPilotSettings.MIN_SERVER_API_VERSION)));
  }
}
