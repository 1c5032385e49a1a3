package dev.wrinklefree.chaos.part;

import java.util.List;

/** Everything that runs in a process of its own, and Cloud Storage, which only its links fail. */
public enum Part {
  /** The service that submits and cancels. */
  LAUNCH("launch-service"),
  /** The service that watches SkyPilot's queue. */
  MONITOR("monitor-service"),
  /** The service that watches the bucket. */
  CHECKPOINT("checkpoint-service"),
  /** The service that counts money. */
  COST("cost-service"),
  /** A second replica of monitor-service, in rounds that try a take-over. */
  MONITOR_2("monitor-service 2"),
  /** A second replica of checkpoint-service, in rounds that try a take-over. */
  CHECKPOINT_2("checkpoint-service 2"),
  /** The broker. */
  KAFKA("kafka"),
  /** The database server with all its processes. */
  POSTGRES("postgresql"),
  /** The stand-in for SkyPilot's API server, with the processes of its jobs. */
  SKYPILOT("skypilot"),
  /** The stand-in for Cloud Storage, in the harness's own process: never killed. */
  STORAGE("storage");

  /** The four services. */
  public static final List<Part> SERVICES = List.of(LAUNCH, MONITOR, CHECKPOINT, COST);

  /** What a round may kill: the services and three servers. */
  public static final List<Part> KILLED =
      List.of(LAUNCH, MONITOR, CHECKPOINT, COST, KAFKA, POSTGRES, SKYPILOT);

  private final String title;

  Part(String title) {
    this.title = title;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** Whether it is one of our services, or a replica of one. */
  public boolean isService() {
    return compareTo(CHECKPOINT_2) <= 0;
  }

  /** The module that it runs: a replica's is that of its service. */
  public String module() {
    return switch (this) {
      case MONITOR_2 -> MONITOR.title;
      case CHECKPOINT_2 -> CHECKPOINT.title;
      default -> title;
    };
  }

  /** What it talks to. */
  public List<Part> servers() {
    return switch (this) {
      case LAUNCH, MONITOR, MONITOR_2 -> List.of(KAFKA, POSTGRES, SKYPILOT);
      case CHECKPOINT, CHECKPOINT_2 -> List.of(KAFKA, POSTGRES, STORAGE);
      case COST -> List.of(KAFKA, POSTGRES);
      case KAFKA, POSTGRES, SKYPILOT, STORAGE -> List.of();
    };
  }
}
