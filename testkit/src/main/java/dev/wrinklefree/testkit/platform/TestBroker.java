package dev.wrinklefree.testkit.platform;

import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import dev.wrinklefree.testkit.platform.OncePerJvm.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.redpanda.RedpandaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one broker of this JVM's tests, with all topics of the contract: Redpanda in a container
 * where a Docker engine answers, else Apache Kafka's own KRaft broker in this JVM. The environment
 * variable {@code WF_TEST_BROKER} may ask for {@code redpanda} or {@code kafka}.
 */
public final class TestBroker {

  private static final String PROPERTY = "dev.wrinklefree.testkit.broker";
  private static final String CHOICE = "WF_TEST_BROKER";
  private static final DockerImageName REDPANDA =
      DockerImageName.parse("redpandadata/redpanda:v25.2.4");

  private TestBroker() {}

  /** For a client's {@code bootstrap.servers}. The first call starts the broker. */
  public static String bootstrapServers() {
    return OncePerJvm.address(PROPERTY, TestBroker::start);
  }

  private static Started start() throws IOException {
    Started broker = isRedpandaWanted() ? redpanda() : kafka();
    createTopics(broker.address());
    return broker;
  }

  /**
   * Kafka finds some of its parts by the thread's class loader, and Quarkus starts test resources
   * on threads whose loader may have the same classes once more.
   */
  private static Started kafka() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaBroker.class.getClassLoader());
    try {
      KafkaBroker broker = KafkaBroker.start(KafkaBrokerSettings.temporary());
      return new Started(broker.bootstrapServers(), broker);
    } finally {
      thread.setContextClassLoader(former);
    }
  }

  private static Started redpanda() {
    RedpandaContainer container = new RedpandaContainer(REDPANDA);
    container.start();
    return new Started(container.getBootstrapServers(), container::close);
  }

  private static boolean isRedpandaWanted() {
    return switch (System.getenv().getOrDefault(CHOICE, "auto")) {
      case "redpanda" -> true;
      case "kafka" -> false;
      case "auto" -> isDockerThere();
      case String other ->
          throw new IllegalArgumentException(
              CHOICE + " must be redpanda, kafka or auto, not " + other);
    };
  }

  /** Asks for the socket first: Testcontainers takes seconds to find that there is no engine. */
  private static boolean isDockerThere() {
    boolean likely =
        System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    return likely && DockerClientFactory.instance().isDockerAvailable();
  }

  private static void createTopics(String bootstrapServers) throws IOException {
    try {
      ContractTopics.create(bootstrapServers);
    } catch (ExecutionException e) {
      throw new IOException("the test broker has no topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while creating topics", e);
    }
  }
}
