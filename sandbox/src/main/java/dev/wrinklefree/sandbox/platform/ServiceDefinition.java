package dev.wrinklefree.sandbox.platform;

import dev.wrinklefree.sandbox.wandb.WandbSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one service is configured for the sandbox: by environment variables alone, as in production.
 *
 * @param name of its module
 * @param rest where its REST interface listens
 * @param management where its health and metrics listen
 * @param environment its configuration, by the names that MicroProfile Config gives to environment
 *     variables
 */
public record ServiceDefinition(
    String name, Listener rest, Listener management, Map<String, String> environment) {

  /** The services of the platform, by their modules. */
  public static final List<String> NAMES =
      List.of("launch-service", "monitor-service", "checkpoint-service", "cost-service");

  /** The user that owns the four databases. */
  public static final String DATABASE_USER = "wrinklefree";

  /** The bucket of the checkpoints. */
  public static final String BUCKET = "wrinklefree-checkpoints";

  /** Watchers look every second, so that a person at a laptop need not wait. */
  private static final String PACE = "PT1S";

  /**
   * Known to everybody, as all of the sandbox is; fixed, so that a kept database stays readable.
   */
  private static final String WEBHOOKS_KEY = "c2FuZGJveC1rZXktdGhhdC1pcy1uby1zZWNyZXQhISE=";

  /** Copies the map. */
  public ServiceDefinition {
    environment = Map.copyOf(environment);
  }

  /** The same service with these variables as well. */
  public ServiceDefinition with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new ServiceDefinition(name, rest, management, all);
  }

  /** The database of the service: its name without {@code -service}. */
  public String database() {
    return database(name);
  }

  /** All services of the platform, in the order in which they are listed for people. */
  public static List<ServiceDefinition> all(Addresses addresses, Ports ports, Checkout checkout) {
    Map<String, String> skypilot = Map.of("WF_SKYPILOT_ENDPOINT", addresses.skypilot().toString());
    return List.of(
        of(
            "launch-service",
            Listener.LAUNCH,
            Listener.LAUNCH_MANAGEMENT,
            common("launch-service", addresses),
            skypilot,
            Map.of(
                "WF_TEMPLATES_DIRECTORY",
                checkout.templates().toString(),
                "WF_LAUNCH_BUCKET",
                BUCKET,
                "WF_LAUNCH_STANDING_SECRETS",
                "WANDB_API_KEY"),
            ports),
        of(
            "monitor-service",
            Listener.MONITOR,
            Listener.MONITOR_MANAGEMENT,
            common("monitor-service", addresses),
            skypilot,
            Map.of(
                "WF_MONITOR_INTERVAL",
                PACE,
                "WF_WANDB_ENDPOINT",
                addresses.wandb().toString(),
                "WF_WANDB_API_KEY",
                WandbSettings.SANDBOX_KEY,
                "WF_WANDB_INTERVAL",
                PACE),
            ports),
        of(
            "checkpoint-service",
            Listener.CHECKPOINT,
            Listener.CHECKPOINT_MANAGEMENT,
            common("checkpoint-service", addresses),
            Map.of(),
            Map.of(
                "WF_GCS_HOST",
                addresses.gcs().toString(),
                "WF_GCS_PROJECT",
                "sandbox",
                "WF_CHECKPOINT_INTERVAL",
                PACE,
                // Runs end after seconds here, and nobody waits minutes to see what is missing.
                "WF_CHECKPOINT_ALERTS_FINAL_GRACE",
                "PT10S",
                "WF_UNATTRIBUTED_ROOTS",
                Stream.of("fairy2", "checkpoints", "dlm", "eval", "smoke")
                    .map(folder -> "gs://" + BUCKET + "/" + folder + "/")
                    .collect(Collectors.joining(","))),
            ports),
        of(
            "cost-service",
            Listener.COST,
            Listener.COST_MANAGEMENT,
            common("cost-service", addresses),
            skypilot,
            Map.of("WF_COST_INTERVAL", "PT10S"),
            ports));
  }

  private static ServiceDefinition of(
      String name,
      Listener rest,
      Listener management,
      Map<String, String> common,
      Map<String, String> skypilot,
      Map<String, String> own,
      Ports ports) {
    Map<String, String> listeners =
        Map.of(
            "QUARKUS_HTTP_HOST",
            "127.0.0.1",
            "QUARKUS_HTTP_PORT",
            Integer.toString(ports.of(rest)),
            "QUARKUS_MANAGEMENT_HOST",
            "127.0.0.1",
            "QUARKUS_MANAGEMENT_PORT",
            Integer.toString(ports.of(management)));
    return new ServiceDefinition(
        name,
        rest,
        management,
        Stream.of(common, skypilot, own, listeners)
            .flatMap(map -> map.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Map<String, String> common(String name, Addresses addresses) {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        addresses.kafka(),
        "QUARKUS_DATASOURCE_JDBC_URL",
        addresses.jdbc() + database(name),
        "QUARKUS_DATASOURCE_USERNAME",
        DATABASE_USER,
        "QUARKUS_DATASOURCE_PASSWORD",
        DATABASE_USER,
        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE",
        "8",
        "QUARKUS_LOG_CONSOLE_COLOR",
        "false",
        "WF_WEBHOOKS_KEY",
        WEBHOOKS_KEY,
        "WF_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES",
        "true");
  }

  private static String database(String name) {
    return name.replace("-service", "");
  }
}
