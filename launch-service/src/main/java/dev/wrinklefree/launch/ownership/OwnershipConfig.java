package dev.wrinklefree.launch.ownership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What is believed of the senders of Kafka events. */
@ConfigMapping(prefix = "wf.access")
public interface OwnershipConfig {

  /**
   * Record header in which a gateway names the authenticated sender, in UTF-8; absent means that no
   * header is believed. Kafka tells consumers nothing of producers, so set it only where the ACLs
   * of {@code launch-requested} and {@code cancel-requested} let nobody but that gateway, and
   * launch-service, write.
   */
  Optional<String> principalHeader();

  /** Principals of that header that may cancel every run, such as cost-service for budgets. */
  Optional<Set<String>> kafkaAdmins();

  /** Whether a cancel event without a principal may cancel a run that has an owner. */
  @WithDefault("trust-topic-acl")
  KafkaCancels kafkaCancels();
}
