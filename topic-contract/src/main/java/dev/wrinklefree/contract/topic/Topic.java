package dev.wrinklefree.contract.topic;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The topics of the platform. Every record's key is the run id, so that what one topic says of one
 * run is in order.
 */
public enum Topic {
  /** Start this run. Anyone produces; launch-service consumes. */
  LAUNCH_REQUESTED("launch-requested", Retention.REQUESTS, Sizes.REQUEST_BYTES),
  /** Stop this run. Anyone produces; launch-service consumes. */
  CANCEL_REQUESTED("cancel-requested", Retention.REQUESTS, Sizes.REQUEST_BYTES),
  /** The answer to a launch request, then its submission. Produced by launch-service. */
  LAUNCH_STATE("launch-state", Retention.FACTS, Sizes.FACT_BYTES),
  /** What SkyPilot says of the job. Produced by monitor-service. */
  JOB_STATE("job-state", Retention.FACTS, Sizes.FACT_BYTES),
  /** What W&amp;B says of the training. Produced by monitor-service. */
  TRAINING_PROGRESS("training-progress", Retention.SERIES, Sizes.FACT_BYTES),
  /** One complete, durable checkpoint. Produced by checkpoint-service. */
  CHECKPOINT_WRITTEN("checkpoint-written", Retention.FACTS, Sizes.FACT_BYTES),
  /** What the run has cost so far. Produced by cost-service. */
  RUNNING_COST("running-cost", Retention.SERIES, Sizes.FACT_BYTES),
  /** Something a person should look at. Produced by monitor-, checkpoint- and cost-service. */
  RUN_ALERT("run-alert", Retention.FACTS, Sizes.FACT_BYTES);

  /** Appended to a topic's name for the records of it that could not be read. */
  public static final String DEAD_LETTER_SUFFIX = "-dead-letter";

  /** Partitions of each topic: how many replicas of a service can share its work. */
  public static final int PARTITIONS = 6;

  /** Dead letters are few and are read by people: one partition keeps them in one order. */
  public static final int DEAD_LETTER_PARTITIONS = 1;

  private final String topicName;
  private final Duration retention;
  private final int maxMessageBytes;

  Topic(String topicName, Duration retention, int maxMessageBytes) {
    this.topicName = topicName;
    this.retention = retention;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** The topic's name on the broker. */
  public String topicName() {
    return topicName;
  }

  /** The name of the topic that takes what a consumer of this one could not read. */
  public String deadLetterName() {
    return topicName + DEAD_LETTER_SUFFIX;
  }

  /** How long the broker keeps a record. */
  public Duration retention() {
    return retention;
  }

  /**
   * The topic's broker settings, by Kafka's own names: {@code cleanup.policy}, {@code retention.ms}
   * and {@code max.message.bytes}.
   */
  public Map<String, String> brokerSettings() {
    return settings(retention, maxMessageBytes);
  }

  /** The broker settings of this topic's dead-letter topic. */
  public Map<String, String> deadLetterBrokerSettings() {
    return settings(Retention.REQUESTS, Sizes.DEAD_LETTER_BYTES);
  }

  /** The topic of that name, if it is one of ours. */
  public static Optional<Topic> named(String topicName) {
    return Arrays.stream(values()).filter(t -> t.topicName.equals(topicName)).findFirst();
  }

  private static Map<String, String> settings(Duration retention, int maxMessageBytes) {
    // Never compacted: a subscriber must be able to read every state a run went through.
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", Long.toString(retention.toMillis()),
        "max.message.bytes", Integer.toString(maxMessageBytes));
  }

  private static final class Retention {
    static final Duration REQUESTS = Duration.ofDays(90);
    static final Duration FACTS = Duration.ofDays(365);
    static final Duration SERIES = Duration.ofDays(30);
  }

  private static final class Sizes {
    /**
     * Far above {@code EventCodec.MAX_DATA_BYTES}, so that an oversized request reaches us and is
     * answered with a dead letter instead of vanishing in its producer.
     */
    static final int REQUEST_BYTES = 8 * 1024 * 1024;

    /** The largest record that could not be read, with the headers that say why. */
    static final int DEAD_LETTER_BYTES = REQUEST_BYTES + 64 * 1024;

    static final int FACT_BYTES = 1024 * 1024;
  }
}
