package dev.wrinklefree.bench.bed;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.postgres.PostgresServer;
import dev.wrinklefree.sandbox.postgres.PostgresSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real broker and a real database server, empty, for one suite. As in production a commit is on
 * the disk when it returns; the server also keeps the time of each commit ({@code
 * pg_xact_commit_timestamp}), so that what follows it can be timed.
 */
public final class Bed implements Closeable {

  private static final short ONE_COPY = 1;

  private final Workbench workbench;
  private final KafkaBroker broker;
  private final PostgresServer postgres;

  private Bed(Workbench workbench, KafkaBroker broker, PostgresServer postgres) {
    this.workbench = workbench;
    this.broker = broker;
    this.postgres = postgres;
  }

  static Bed start(Workbench workbench) throws IOException {
    Path data = Files.createTempDirectory(workbench.dataDirectory(), "postgres-");
    PostgresSettings settings =
        new PostgresSettings(0, data, null, Map.of("track_commit_timestamp", "on"));
    KafkaBroker broker = KafkaBroker.start(KafkaBrokerSettings.temporary());
    try {
      return new Bed(workbench, broker, PostgresServer.start(settings));
    } catch (IOException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** Host and port of the broker. */
  public String kafka() {
    return broker.bootstrapServers();
  }

  /** Where a database is, for the user and password {@link ServiceDefinition#DATABASE_USER}. */
  public String jdbcUrl(String database) {
    return postgres.jdbcUrl(database);
  }

  /** Process id of the database server, for its CPU time and memory. */
  public long postgresProcess() {
    return postgres.processId();
  }

  /** Creates an empty database. */
  public void createDatabase(String name) throws SQLException {
    postgres.createDatabase(name, ServiceDefinition.DATABASE_USER);
  }

  /**
   * Creates the contract's topics with the contract's settings, but for the number of partitions.
   *
   * @param partitions of each topic that is not a dead-letter topic
   */
  public void createTopics(int partitions) throws InterruptedException, ExecutionException {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      topics.add(
          new NewTopic(topic.topicName(), partitions, ONE_COPY).configs(topic.brokerSettings()));
      topics.add(
          new NewTopic(topic.deadLetterName(), Topic.DEAD_LETTER_PARTITIONS, ONE_COPY)
              .configs(topic.deadLetterBrokerSettings()));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      admin.createTopics(topics).all().get();
    }
  }

  /**
   * Creates one more topic.
   *
   * @param settings by Kafka's own names
   */
  public void createTopic(String name, int partitions, Map<String, String> settings)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, ONE_COPY).configs(settings)))
          .all()
          .get();
    }
  }

  /** Prepares a service as it is shipped. */
  public ServiceLauncher service(String module) {
    return new ServiceLauncher(workbench, this, module);
  }

  @Override
  public void close() throws IOException {
    try (broker) {
      postgres.close();
    }
  }
}
