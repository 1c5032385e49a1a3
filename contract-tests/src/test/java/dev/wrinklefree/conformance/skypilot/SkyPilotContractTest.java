package dev.wrinklefree.conformance.skypilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.conformance.record.Recording;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stand-in does what the real API server was seen to do. With {@code
 * -Dcontract.skypilot=<address>} the real one is asked the same, and held to its own recording;
 * with {@code -Dcontract.record=true} the recording is made anew, and {@code
 * -Dcontract.only=<regex>} asks only the cases in whose names it is found.
 */
class SkyPilotContractTest {

  private static final Path RECORDING = Path.of("src/test/resources/skypilot/0.14.1.json");

  @TestFactory
  Stream<DynamicTest> standInDoesWhatTheRealServerDid(@TempDir Path state) {
    StandInHost host = new StandInHost(state);
    Recording recording = Recording.of(RECORDING);
    return asked(host, (c, server) -> hold(c, server, recording));
  }

  @TestFactory
  Stream<DynamicTest> realServerDoesWhatItDid() {
    String address = System.getProperty("contract.skypilot", "");
    if (address.isEmpty()) {
      return Stream.empty();
    }
    RealHost host =
        new RealHost(URI.create(address), Path.of(System.getProperty("contract.skypilot.home")));
    Recording recording = Recording.of(RECORDING);
    return asked(
        host,
        (c, server) -> {
          if (Boolean.getBoolean("contract.record")) {
            recording.keep(c.name(), c.observe().apply(server));
          } else {
            hold(c, server, recording);
          }
        });
  }

  private static Stream<DynamicTest> asked(Host host, BiConsumer<Case, Server> ask) {
    Server server = new Server(host);
    Predicate<String> only = Pattern.compile(System.getProperty("contract.only", "")).asPredicate();
    return cases().stream()
        .filter(c -> only.test(c.name()))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> ask.accept(c, server)))
        .onClose(host::close);
  }

  private static List<Case> cases() {
    return Stream.of(
            HttpCases.all(),
            RequestCases.all(),
            JobCases.all(),
            CancelCases.all(),
            RunCases.all(),
            TaskCases.all(),
            QueueCases.all(),
            AccessCases.all(),
            ClientCases.all())
        .flatMap(List::stream)
        .toList();
  }

  private static void hold(Case c, Server server, Recording recording) {
    JsonNode seen = c.observe().apply(server);
    assumeFalse(recording.of(c.name()).isEmpty(), c.name() + ": never seen of the real server");
    assertThat(Recording.text(seen)).isEqualTo(recording.of(c.name()));
  }
}
