package dev.wrinklefree.monitor.checks;

import dev.wrinklefree.monitor.training.WandbAccess;
import dev.wrinklefree.monitor.wandb.Viewer;
import dev.wrinklefree.monitor.wandb.WandbClient;
import dev.wrinklefree.monitor.wandb.WandbException;
import dev.wrinklefree.rest.checks.Check;
import dev.wrinklefree.skypilot.ServerHealth;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import java.util.List;

/** Tries SkyPilot and W&amp;B. */
final class OutsideChecks {
  private static final String SKYPILOT = "skypilot";
  private static final String CLOUDS = "skypilot-clouds";
  private static final String WANDB = "wandb";
  private static final String START_SKYPILOT =
      "Start SkyPilot's API server (`sky api start`) or correct wf.skypilot.endpoint and token.";

  private final SkyPilotClient skyPilot;
  private final WandbAccess wandb;

  OutsideChecks(SkyPilotClient skyPilot, WandbAccess wandb) {
    this.skyPilot = skyPilot;
    this.wandb = wandb;
  }

  List<Check> run() {
    return List.of(skyPilot(), clouds(), wandb());
  }

  private Check skyPilot() {
    try {
      ServerHealth health = skyPilot.health();
      String detail =
          "release %s, API version %d, %s"
              .formatted(health.version(), health.apiVersion(), health.status());
      return health.isHealthy()
          ? Check.ok(SKYPILOT, detail)
          : Check.failed(SKYPILOT, detail, "Look at the API server's log (`sky api logs`).");
    } catch (SkyPilotException e) {
      return Check.failed(SKYPILOT, String.valueOf(e.getMessage()), START_SKYPILOT);
    }
  }

  private Check clouds() {
    try {
      List<String> clouds = skyPilot.enabledClouds();
      return clouds.isEmpty()
          ? Check.failed(CLOUDS, "no cloud is enabled", "Run `sky check` where the server runs.")
          : Check.ok(CLOUDS, String.join(", ", clouds));
    } catch (SkyPilotException.Permanent e) {
      return e.refusal() instanceof Refusal.Forbidden
          ? Check.unknown(
              CLOUDS,
              "the role of this service's token may not ask",
              "Run `sky check` yourself; a viewer's token may not.")
          : Check.unknown(CLOUDS, String.valueOf(e.getMessage()), "Run `sky check` yourself.");
    } catch (SkyPilotException e) {
      return Check.unknown(CLOUDS, String.valueOf(e.getMessage()), START_SKYPILOT);
    }
  }

  private Check wandb() {
    return switch (wandb) {
      case WandbAccess.Off ignored ->
          Check.unknown(
              WANDB,
              WandbAccess.Off.REASON,
              "Give monitor-service WANDB_API_KEY; without it there are no figures of training.");
      case WandbAccess.On(WandbClient client) -> key(client);
    };
  }

  private static Check key(WandbClient client) {
    try {
      Viewer viewer = client.viewer();
      return Check.ok(
          WANDB,
          "the key is %s's, default entity %s"
              .formatted(
                  viewer.username() == null ? "nobody" : viewer.username(),
                  viewer.entity() == null ? "none" : viewer.entity()));
    } catch (WandbException e) {
      return switch (e.kind()) {
        case UNAUTHORIZED ->
            Check.failed(
                WANDB,
                String.valueOf(e.getMessage()),
                "Make a key at wandb.ai/authorize and give it to monitor-service as WANDB_API_KEY.");
        case RATE_LIMITED, REFUSED, UNAVAILABLE ->
            Check.failed(
                WANDB,
                String.valueOf(e.getMessage()),
                "Correct wf.wandb.endpoint, or wait: training goes on without W&B.");
      };
    }
  }
}
