package dev.wrinklefree.conformance.skypilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.conformance.record.Recording;
import dev.wrinklefree.sandbox.skypilot.SkyPilotServer;
import dev.wrinklefree.sandbox.skypilot.SkyPilotSettings;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stand-in does what the real API server was seen to do. With {@code
 * -Dcontract.skypilot=<address>} the real one is asked the same, and held to its own recording;
 * with {@code -Dcontract.record=true} the recording is made anew.
 */
class SkyPilotContractTest {

  private static final Path RECORDING = Path.of("src/test/resources/skypilot/0.14.1.json");

  @TestFactory
  Stream<DynamicTest> standInDoesWhatTheRealServerDid(@TempDir Path state) throws IOException {
    SkyPilotServer standIn =
        new SkyPilotServer(
            SkyPilotSettings.in(state).withTimings(JobTimings.every(Duration.ofMillis(20))));
    standIn.start();
    Recording recording = Recording.of(RECORDING);
    Server server = new Server(standIn.endpoint());
    return cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> hold(c, server, recording)))
        .onClose(standIn::close);
  }

  @TestFactory
  Stream<DynamicTest> realServerDoesWhatItDid() {
    String address = System.getProperty("contract.skypilot", "");
    if (address.isEmpty()) {
      return Stream.empty();
    }
    Recording recording = Recording.of(RECORDING);
    Server server = new Server(URI.create(address));
    return cases().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () -> {
                      if (Boolean.getBoolean("contract.record")) {
                        recording.keep(c.name(), c.observe().apply(server));
                      } else {
                        hold(c, server, recording);
                      }
                    }));
  }

  private static List<Case> cases() {
    return Stream.of(HttpCases.all(), RequestCases.all(), JobCases.all())
        .flatMap(List::stream)
        .toList();
  }

  private static void hold(Case c, Server server, Recording recording) {
    JsonNode seen = c.observe().apply(server);
    assertThat(Recording.text(seen)).isEqualTo(recording.of(c.name()));
  }
}
