package dev.wrinklefree.outbox.topics;

import java.util.Map;

/**
 * A topic, as the contract wants it or as the broker has it.
 *
 * @param name its name
 * @param partitions number of partitions
 * @param settings by Kafka's names
 */
record TopicState(String name, int partitions, Map<String, String> settings) {}
