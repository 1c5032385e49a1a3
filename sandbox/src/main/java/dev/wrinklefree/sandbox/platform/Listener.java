package dev.wrinklefree.sandbox.platform;

/** Everything of the platform that listens on a port. */
public enum Listener {
  /** The Kafka broker. */
  KAFKA("Kafka", "--kafka-port", 9092),
  /** The database server. */
  POSTGRES("PostgreSQL", "--postgres-port", 5432),
  /** The stand-in for SkyPilot's API server. */
  SKYPILOT("SkyPilot", "--skypilot-port", 46580),
  /** The stand-in for Google Cloud Storage. */
  GCS("Cloud Storage", "--gcs-port", 4443),
  /** The stand-in for Weights and Biases. */
  WANDB("W&B", "--wandb-port", 8085),
  /** REST of launch-service. */
  LAUNCH("launch-service", "--launch-port", 8081),
  /** REST of monitor-service. */
  MONITOR("monitor-service", "--monitor-port", 8082),
  /** REST of checkpoint-service. */
  CHECKPOINT("checkpoint-service", "--checkpoint-port", 8083),
  /** REST of cost-service. */
  COST("cost-service", "--cost-port", 8084),
  /** Health and metrics of launch-service. */
  LAUNCH_MANAGEMENT("launch-service's management", "--launch-management-port", 9081),
  /** Health and metrics of monitor-service. */
  MONITOR_MANAGEMENT("monitor-service's management", "--monitor-management-port", 9082),
  /** Health and metrics of checkpoint-service. */
  CHECKPOINT_MANAGEMENT("checkpoint-service's management", "--checkpoint-management-port", 9083),
  /** Health and metrics of cost-service. */
  COST_MANAGEMENT("cost-service's management", "--cost-management-port", 9084);

  private final String title;
  private final String option;
  private final int defaultPort;

  Listener(String title, String option, int defaultPort) {
    this.title = title;
    this.option = option;
    this.defaultPort = defaultPort;
  }

  /** What a person calls it. */
  public String title() {
    return title;
  }

  /** The command-line option that changes its port. */
  public String option() {
    return option;
  }

  /** Its port unless something else is said. */
  public int defaultPort() {
    return defaultPort;
  }
}
