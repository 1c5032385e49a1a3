package dev.wrinklefree.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.port.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aKilledBrokerIsTakenUpAgainOnItsData(@TempDir Path state) throws Exception {
    List<Integer> free = FreePorts.find(2);
    int port = free.getFirst();
    int door = free.getLast();
    List<String> more =
        List.of(
            "--door",
            "LAUNCH:" + door + ":" + door,
            "--set",
            "broker.session.timeout.ms=2000",
            "--set",
            "broker.heartbeat.interval.ms=500");
    Process first = start("kafka", port, state, more);
    ContractTopics.create("127.0.0.1:" + port);
    first.destroyForcibly().waitFor();

    Process second = start("kafka", port, state, more);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + door))) {
      assertThat(admin.listTopics().names().get()).contains(Topic.LAUNCH_REQUESTED.topicName());
      assertThat(admin.describeCluster().nodes().get())
          .singleElement()
          .returns(door, n -> n.port());
    } finally {
      second.getOutputStream().close();
    }
    assertThat(second.onExit()).succeedsWithin(PATIENCE);
  }

  @Test
  void aSkyPilotPartServesUntilItsInputEnds(@TempDir Path state) throws Exception {
    int port = FreePorts.find();
    Process part = start("skypilot", port, state, List.of("--step-time", "PT0.05S"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest health =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/health")).build();
      assertThat(http.send(health, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    part.getOutputStream().close();

    assertThat(part.onExit()).succeedsWithin(PATIENCE);
  }

  private static Process start(String part, int port, Path state, List<String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName(),
                "part",
                part,
                "--port",
                Integer.toString(port),
                "--state",
                state.resolve("data").toString(),
                "--log",
                state.resolve("log").toString()));
    command.addAll(more);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader output = process.inputReader();
    assertThat(output.readLine()).isEqualTo(PartCommand.READY);
    return process;
  }
}
