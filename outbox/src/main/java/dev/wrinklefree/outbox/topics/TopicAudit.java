package dev.wrinklefree.outbox.topics;

import dev.wrinklefree.contract.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the broker's topics with the contract. */
final class TopicAudit {

  private static final String CLEANUP = "cleanup.policy";
  private static final String RETENTION = "retention.ms";
  private static final String MAX_BYTES = "max.message.bytes";

  private TopicAudit() {}

  /** All topics of the contract, those for dead letters included. */
  static List<TopicState> wanted() {
    List<TopicState> wanted = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      wanted.add(new TopicState(topic.topicName(), Topic.PARTITIONS, topic.brokerSettings()));
      wanted.add(
          new TopicState(
              topic.deadLetterName(),
              Topic.DEAD_LETTER_PARTITIONS,
              topic.deadLetterBrokerSettings()));
    }
    return wanted;
  }

  /**
   * What is not as wanted, in the order of {@code wanted}.
   *
   * @param actual the broker's topics by name; a topic that is not there is missing
   */
  static List<Finding> compare(List<TopicState> wanted, Map<String, TopicState> actual) {
    List<Finding> findings = new ArrayList<>();
    for (TopicState topic : wanted) {
      TopicState found = actual.get(topic.name());
      if (found == null) {
        findings.add(new Finding.Missing(topic));
      } else {
        compare(topic, found, findings);
      }
    }
    return findings;
  }

  private static void compare(TopicState wanted, TopicState found, List<Finding> findings) {
    String policy = setting(found, CLEANUP);
    if (!policy.equals(setting(wanted, CLEANUP))) {
      findings.add(
          new Finding.Refused(
              "topic %s has %s=%s, but must have %s: compaction would delete states that subscribers have a right to see"
                  .formatted(wanted.name(), CLEANUP, policy, setting(wanted, CLEANUP))));
    }
    if (number(found, MAX_BYTES) < number(wanted, MAX_BYTES)) {
      findings.add(
          new Finding.Refused(
              "topic %s has %s=%s, but must have at least %s: larger records would be refused"
                  .formatted(
                      wanted.name(),
                      MAX_BYTES,
                      setting(found, MAX_BYTES),
                      setting(wanted, MAX_BYTES))));
    }
    if (isShorter(number(found, RETENTION), number(wanted, RETENTION))) {
      findings.add(
          new Finding.Different(
              "topic %s has %s=%s, the contract promises %s"
                  .formatted(
                      wanted.name(),
                      RETENTION,
                      setting(found, RETENTION),
                      setting(wanted, RETENTION))));
    }
    if (found.partitions() != wanted.partitions()) {
      findings.add(
          new Finding.Different(
              "topic %s has %d partitions, the contract has %d"
                  .formatted(wanted.name(), found.partitions(), wanted.partitions())));
    }
  }

  /** A retention of -1 has no end. */
  private static boolean isShorter(long found, long wanted) {
    return found >= 0 && found < wanted;
  }

  private static long number(TopicState topic, String name) {
    return Long.parseLong(setting(topic, name));
  }

  private static String setting(TopicState topic, String name) {
    String value = topic.settings().get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " known of topic " + topic.name());
    }
    return value;
  }
}
