package dev.wrinklefree.outbox.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicAuditTest {

  private static final TopicState WANTED = topic(6, "delete", "1000", "500");

  @Test
  void findsNothingWhenTheTopicIsAsWantedOrBetter() {
    assertThat(compare(WANTED)).isEmpty();
    assertThat(compare(topic(6, "delete", "1001", "501"))).isEmpty();
    assertThat(compare(topic(6, "delete", "-1", "500"))).isEmpty();
  }

  @Test
  void findsAMissingTopic() {
    assertThat(TopicAudit.compare(List.of(WANTED), Map.of()))
        .containsExactly(new Finding.Missing(WANTED));
  }

  @Test
  void refusesCompaction() {
    assertThat(compare(topic(6, "compact", "1000", "500")))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.Refused.class,
            refused ->
                assertThat(refused.message())
                    .contains("topic t has cleanup.policy=compact, but must have delete"));
    assertThat(compare(topic(6, "compact,delete", "1000", "500")))
        .hasExactlyElementsOfTypes(Finding.Refused.class);
  }

  @Test
  void refusesATopicForSmallerRecords() {
    assertThat(compare(topic(6, "delete", "1000", "499")))
        .hasExactlyElementsOfTypes(Finding.Refused.class);
  }

  @Test
  void tellsShorterRetentionAndOtherPartitions() {
    assertThat(compare(topic(3, "delete", "999", "500")))
        .containsExactly(
            new Finding.Different("topic t has retention.ms=999, the contract promises 1000"),
            new Finding.Different("topic t has 3 partitions, the contract has 6"));
  }

  @Test
  void wantsADeadLetterTopicBesideEveryTopic() {
    List<String> names = TopicAudit.wanted().stream().map(TopicState::name).toList();
    assertThat(names).hasSize(16).contains("job-state", "job-state-dead-letter");
  }

  private static List<Finding> compare(TopicState found) {
    return TopicAudit.compare(List.of(WANTED), Map.of("t", found));
  }

  private static TopicState topic(
      int partitions, String policy, String retention, String maxBytes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("cleanup.policy", policy);
    settings.put("retention.ms", retention);
    settings.put("max.message.bytes", maxBytes);
    return new TopicState("t", partitions, settings);
  }
}
