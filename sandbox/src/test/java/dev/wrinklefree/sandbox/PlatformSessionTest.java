package dev.wrinklefree.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.platform.AnyPorts;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.FakeCheckout;
import dev.wrinklefree.sandbox.platform.Listener;
import dev.wrinklefree.sandbox.platform.Platform;
import dev.wrinklefree.sandbox.platform.Ports;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform, with services that are as small as they can be. */
class PlatformSessionTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final PlatformSession session =
      new PlatformSession(new PrintWriter(out, true), new PrintWriter(err, true));

  private final Path directory;

  PlatformSessionTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldReportADeadServiceAndStopTheRest() throws Exception {
    Checkout checkout = FakeCheckout.in(directory);
    Ports ports = Ports.anyFree();
    Path state = directory.resolve("state");

    int exitCode =
        session.run(
            checkout,
            state,
            false,
            ports,
            Platform.Pace.ONE_BY_ONE,
            (platform, ready, progress) -> {
              assertThat(topicNames(ready.addresses().kafka()))
                  .contains(Topic.JOB_STATE.topicName(), Topic.JOB_STATE.deadLetterName());
              assertThat(platform.directions(ready))
                  .contains("http://127.0.0.1:" + ports.of(Listener.LAUNCH))
                  .contains("jdbc:postgresql://127.0.0.1:" + ports.of(Listener.POSTGRES));
              assertThat(platform.report(ready)).contains("total");
              assertThat(state.resolve("sandbox.pid"))
                  .hasContent(Long.toString(ProcessHandle.current().pid()));
              var death = platform.whenAServiceDies();
              tellToDie(ports.of(Listener.COST_MANAGEMENT));
              throw new StartException(death.orTimeout(20, TimeUnit.SECONDS).join());
            });

    assertThat(exitCode).isEqualTo(PlatformSession.FAILED);
    assertThat(err.toString())
        .contains("cost-service ended with exit code 3")
        .contains("told to die");
    ports.requireFree();
    assertThat(state.resolve("sandbox.pid")).doesNotExist();
    assertThat(Files.readString(state.resolve("logs/checkpoint-service.log")))
        .contains("WF_GCS_HOST=http://127.0.0.1:" + ports.of(Listener.GCS))
        .contains("KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:" + ports.of(Listener.KAFKA));
  }

  @Test
  void shouldShowTheLastWordsOfAServiceThatDoesNotStart() throws Exception {
    Checkout checkout = FakeCheckout.in(directory, "monitor-service");
    Ports ports = Ports.anyFree();

    int exitCode =
        session.run(
            checkout,
            directory.resolve("state"),
            false,
            ports,
            Platform.Pace.ALL_AT_ONCE,
            (platform, ready, progress) -> 0);

    assertThat(exitCode).isEqualTo(PlatformSession.FAILED);
    assertThat(err.toString())
        .contains("monitor-service ended with exit code 7")
        .contains("cannot reach the database");
    ports.requireFree();
  }

  @Test
  void shouldStartNothingWhenAPortIsTaken() throws Exception {
    Checkout checkout = FakeCheckout.in(directory);
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports ports = AnyPorts.withOneOf(Listener.GCS, other.getLocalPort());

      int exitCode =
          session.run(
              checkout,
              directory.resolve("state"),
              false,
              ports,
              Platform.Pace.ALL_AT_ONCE,
              (platform, ready, progress) -> 0);

      assertThat(exitCode).isEqualTo(PlatformSession.SETUP);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .contains("port " + other.getLocalPort())
          .contains("--gcs-port");
      assertThat(out.toString()).isEmpty();
    }
  }

  @Test
  void shouldSayHowToBuildWhenAServiceIsNotBuilt() throws Exception {
    Checkout checkout = FakeCheckout.in(directory);
    Files.delete(checkout.serviceJar("cost-service"));

    int exitCode =
        session.run(
            checkout,
            directory.resolve("state"),
            false,
            Ports.anyFree(),
            Platform.Pace.ALL_AT_ONCE,
            (platform, ready, progress) -> 0);

    assertThat(exitCode).isEqualTo(PlatformSession.SETUP);
    assertThat(err.toString()).contains("cost-service").contains("make build");
  }

  private static Set<String> topicNames(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void tellToDie(int managementPort) throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + managementPort + "/die");
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
    } catch (IOException e) {
      assertThat(e).as("a dying service does not answer").isNotNull();
    }
  }
}
