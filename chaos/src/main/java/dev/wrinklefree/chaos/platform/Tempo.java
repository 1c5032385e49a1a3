package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.chaos.part.Part;
import java.util.HashMap;
import java.util.Map;

/**
 * Shorter times than in production, so that what takes minutes there is seen in seconds here. They
 * are a service's own settings, and stay in proportion: a lost submit settles for longer than any
 * proxy holds a message back.
 */
final class Tempo {

  private static final Map<String, String> ALL =
      Map.of(
          // The broker waits for a killed consumer as long as its session, before another has its
          // partitions.
          "KAFKA_SESSION_TIMEOUT_MS", "6000",
          "KAFKA_HEARTBEAT_INTERVAL_MS", "1000",
          "KAFKA_REQUEST_TIMEOUT_MS", "5000",
          "WF_OUTBOX_DELIVERY_TIMEOUT", "PT5S",
          "WF_OUTBOX_LONGEST_BACKOFF", "PT1S");

  private static final Map<String, String> LAUNCH =
      Map.of(
          "WF_SUBMISSION_SETTLE_TIME", "PT8S",
          "WF_SUBMISSION_LOOK_INTERVAL", "PT1S",
          "WF_SUBMISSION_FIRST_BACKOFF", "PT0.5S",
          "WF_SUBMISSION_LONGEST_BACKOFF", "PT2S",
          "WF_CANCELLATION_INTERVAL", "PT1S",
          "WF_SKYPILOT_CONNECT_TIMEOUT", "PT2S",
          "WF_SKYPILOT_SUBMIT_TIMEOUT", "PT6S",
          "WF_SKYPILOT_POLL_TIMEOUT", "PT5S",
          "WF_SKYPILOT_REQUEST_DEADLINE", "PT15S");

  private static final Map<String, String> MONITOR =
      Map.of("WF_MONITOR_UNKNOWN_AFTER", "PT20S", "WF_SKYPILOT_DEADLINE", "PT5S");

  /** Short, so that alerts are raised and cleared while parts die. */
  private static final Map<String, String> CHECKPOINT =
      Map.of(
          "WF_CHECKPOINT_ALERTS_FIRST_CHECKPOINT", "PT0.2S",
          "WF_CHECKPOINT_ALERTS_LEAST_OVERDUE", "PT0.2S",
          "WF_CHECKPOINT_ALERTS_INCOMPLETE_AFTER", "PT2S",
          "WF_CHECKPOINT_ALERTS_FINAL_GRACE", "PT1S");

  private static final Map<String, String> COST = Map.of("WF_COST_INTERVAL", "PT2S");

  private Tempo() {}

  /** What a service's environment has besides. */
  static Map<String, String> of(Part service) {
    Map<String, String> environment = new HashMap<>(ALL);
    switch (service) {
      case LAUNCH -> environment.putAll(LAUNCH);
      case MONITOR, MONITOR_2 -> environment.putAll(MONITOR);
      case COST -> environment.putAll(COST);
      case CHECKPOINT, CHECKPOINT_2 -> environment.putAll(CHECKPOINT);
      case KAFKA, POSTGRES, SKYPILOT, STORAGE -> {}
    }
    return environment;
  }
}
