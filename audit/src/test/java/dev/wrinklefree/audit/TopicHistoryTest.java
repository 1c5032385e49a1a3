package dev.wrinklefree.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.history.Extent;
import dev.wrinklefree.audit.kafka.ReadProgress;
import dev.wrinklefree.audit.kafka.TopicHistory;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.testkit.ContractProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Audits the topics of a real broker of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopicHistoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final RunId RUN = new RunId("on-a-broker");

  private static final KafkaBroker BROKER = broker();

  private final Map<String, Object> client =
      Map.of("bootstrap.servers", BROKER.bootstrapServers(), "group.id", "not-to-be-used");

  private static KafkaBroker broker() {
    try {
      return KafkaBroker.start(KafkaBrokerSettings.temporary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void tellARun() throws Exception {
    ContractTopics.create(BROKER.bootstrapServers());
    Story story = new Story().wholeRun(new RunId("first")).wholeRun(RUN);
    story.repeat(story.last(told -> told.type == EventType.CHECKPOINT_WRITTEN));
    try (ContractProducer producer = new ContractProducer(BROKER.bootstrapServers())) {
      for (ConsumerRecord<String, byte[]> record : story.records(Map.of())) {
        producer.send(
            new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers()));
      }
    }
  }

  @AfterAll
  static void stop() {
    BROKER.close();
  }

  @Test
  @Order(1)
  void judgesWhatTheBrokerHas() throws Exception {
    List<Long> progress = new ArrayList<>();
    AuditReport report = audit((topic, read, total) -> progress.add(100 * read / total));

    assertThat(report.findings()).extracting(Finding::code).containsExactly("repeated");
    assertThat(report.records()).isEqualTo(2 * 21 + 1);
    assertThat(progress).isSorted().endsWith(100L);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      assertThat(admin.listGroups().all().get()).as("traces of the audit").isEmpty();
    }
  }

  @Test
  @Order(2)
  void readsOnlyWhatWasThereWhenItWasOpened() {
    List<Object> read = new ArrayList<>();
    try (TopicHistory history = TopicHistory.open(client, PATIENCE, ReadProgress.SILENT);
        ContractProducer producer = new ContractProducer(BROKER.bootstrapServers())) {
      producer.sendPlain(Topic.CANCEL_REQUESTED, "later", "{");
      history.forEach(read::add);
    }
    assertThat(read).hasSize(2 * 21 + 1);
  }

  @Test
  @Order(3)
  void knowsWhatTheBrokerHasDeleted() throws Exception {
    TopicPartition jobStates =
        new TopicPartition("job-state", Math.floorMod(RUN.hashCode(), Topic.PARTITIONS));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      admin.deleteRecords(Map.of(jobStates, RecordsToDelete.beforeOffset(3))).all().get();
    }
    try (TopicHistory history = TopicHistory.open(client, PATIENCE, ReadProgress.SILENT)) {
      assertThat(history.extents()).filteredOn(Extent::isTruncated).hasSize(1);
      AuditReport report = new Audit(AuditSettings.at(Instant.now())).judge(history);
      assertThat(report.findings())
          .extracting(Finding::code)
          .containsExactlyInAnyOrder("repeated", "dead-letter-missing");
    }
  }

  @Test
  @Order(4)
  void tellsThatABrokerCannotBeReached() {
    assertThatThrownBy(
            () ->
                TopicHistory.open(
                    Map.of("bootstrap.servers", "127.0.0.1:1"),
                    Duration.ofMillis(300),
                    ReadProgress.SILENT))
        .isInstanceOf(KafkaException.class);
  }

  private AuditReport audit(ReadProgress progress) {
    try (TopicHistory history = TopicHistory.open(client, PATIENCE, progress)) {
      return new Audit(AuditSettings.at(Instant.now())).judge(history);
    }
  }
}
