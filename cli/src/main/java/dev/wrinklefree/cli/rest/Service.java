package dev.wrinklefree.cli.rest;

import java.util.Locale;

/** The four services, by the names of their settings. */
public enum Service {
  /** Takes launch and cancel requests. */
  LAUNCH(8081, 9081),
  /** Knows the jobs and streams their logs. */
  MONITOR(8082, 9082),
  /** Knows the checkpoints. */
  CHECKPOINT(8083, 9083),
  /** Knows the money. */
  COST(8084, 9084);

  private final int port;
  private final int managementPort;

  Service(int port, int managementPort) {
    this.port = port;
    this.managementPort = managementPort;
  }

  /** For example {@code launch-service}. */
  public String serviceName() {
    return setting() + "-service";
  }

  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  String defaultUrl() {
    return "http://localhost:" + port;
  }

  String defaultHealthUrl() {
    return "http://localhost:" + managementPort;
  }
}
