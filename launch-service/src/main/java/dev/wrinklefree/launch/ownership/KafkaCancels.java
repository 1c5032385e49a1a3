package dev.wrinklefree.launch.ownership;

/** What a cancel event needs that says of nobody who sent it. */
public enum KafkaCancels {

  /** Nothing more: whoever the topic's ACL lets write may cancel, cost-service for budgets too. */
  TRUST_TOPIC_ACL,

  /** A principal, unless the run has no owner either. */
  REQUIRE_PRINCIPAL
}
