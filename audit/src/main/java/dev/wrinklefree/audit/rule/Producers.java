package dev.wrinklefree.audit.rule;

import dev.wrinklefree.contract.topic.Topic;
import java.util.List;

/** Which services tell what: a CloudEvents source of ours is {@code /<service>/<topic>}. */
final class Producers {

  private Producers() {}

  /** Whether an event on that topic with that source is told by a service of the platform. */
  static boolean isOurs(Topic topic, String source) {
    return services(topic).stream()
        .anyMatch(service -> source.equals("/" + service + "/" + topic.topicName()));
  }

  private static List<String> services(Topic topic) {
    return switch (topic) {
      case LAUNCH_REQUESTED -> List.of();
      case CANCEL_REQUESTED -> List.of("cost-service");
      case LAUNCH_STATE -> List.of("launch-service");
      case JOB_STATE, TRAINING_PROGRESS -> List.of("monitor-service");
      case CHECKPOINT_WRITTEN -> List.of("checkpoint-service");
      case RUNNING_COST -> List.of("cost-service");
      case RUN_ALERT -> List.of("monitor-service", "checkpoint-service", "cost-service");
    };
  }
}
