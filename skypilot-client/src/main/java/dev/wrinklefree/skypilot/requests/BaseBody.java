package dev.wrinklefree.skypilot.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import dev.wrinklefree.skypilot.http.Json;
import java.util.UUID;

/**
 * The fields that every body has. {@code env_vars} is always given: where it is missing the server
 * takes its own process's environment, and we would act as the server's user. All of it is exported
 * into the worker's environment, so no secret ever goes in.
 */
public final class BaseBody {
  private static final String ENTRYPOINT = "wrinklefree-deployer";

  private final UserIdentity user;
  private final String usageRunId = UUID.randomUUID().toString();

  /** Bodies in the name of {@code user}; the usage run id is this client's. */
  public BaseBody(UserIdentity user) {
    this.user = user;
  }

  /** A fresh body to add a call's own fields to. */
  public ObjectNode create() {
    ObjectNode body = Json.object();
    body.putObject("env_vars")
        .put("SKYPILOT_USER_ID", user.id())
        .put("SKYPILOT_USER", user.name())
        .put("SKYPILOT_USAGE_RUN_ID", usageRunId);
    return body.put("using_remote_api_server", true).put("entrypoint_command", ENTRYPOINT);
  }
}
