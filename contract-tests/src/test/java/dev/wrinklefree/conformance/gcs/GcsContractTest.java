package dev.wrinklefree.conformance.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.conformance.record.Recording;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.sandbox.pubsub.BucketNotifications;
import dev.wrinklefree.sandbox.pubsub.PubSubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The stand-in does what fake-gcs-server was seen to do, but for what is written down in
 * departures.json with what Google's documentation says. With {@code -Dcontract.gcs=<address>} the
 * server itself is asked the same, and held to its recording; with {@code -Dcontract.record=true}
 * the recording is made anew.
 */
class GcsContractTest {

  private static final Path RECORDINGS = Path.of("src/test/resources/gcs");
  private static final Path RECORDING = RECORDINGS.resolve("fake-gcs-server-1.56.1.json");
  private static final Path DEPARTURES = RECORDINGS.resolve("departures.json");

  private static final String TOPIC = "projects/contract/topics/objects";
  private static final String SUBSCRIPTION = "projects/contract/subscriptions/objects";

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TestFactory
  Stream<DynamicTest> standInDoesWhatTheRealServerDid() throws IOException {
    Recording recording = Recording.of(RECORDING);
    Departures departures = Departures.of(DEPARTURES);
    return onStandIn(
        cases().stream().filter(c -> !departures.has(c.name())).toList(),
        (c, seen) -> assertThat(Recording.text(seen)).isEqualTo(recording.of(c.name())));
  }

  /** What is written down is still so: on both sides. */
  @TestFactory
  Stream<DynamicTest> departureIsAsItIsWrittenDown() throws IOException {
    Recording recording = Recording.of(RECORDING);
    Departures departures = Departures.of(DEPARTURES);
    assertThat(cases().stream().map(Case::name)).containsAll(departures.names());
    return onStandIn(
        cases().stream().filter(c -> departures.has(c.name())).toList(),
        (c, seen) -> {
          String said = Recording.text(seen);
          assertThat(said).isEqualTo(Recording.text(departures.standIn(c.name())));
          assertThat(said).as("no departure any more").isNotEqualTo(recording.of(c.name()));
        });
  }

  @TestFactory
  Stream<DynamicTest> realServerDoesWhatItDid() {
    String address = System.getProperty("contract.gcs", "");
    if (address.isEmpty()) {
      return Stream.empty();
    }
    Notifications notifications =
        Notifications.in(Path.of(System.getProperty("contract.gcs.messages")));
    Recording recording = Recording.of(RECORDING);
    boolean record = Boolean.getBoolean("contract.record");
    return cases().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () -> {
                      JsonNode seen = ask(c, URI.create(address), notifications);
                      if (record) {
                        recording.keep(c.name(), seen);
                      } else {
                        assertThat(Recording.text(seen)).isEqualTo(recording.of(c.name()));
                      }
                    }));
  }

  private interface Check {
    void of(Case c, JsonNode seen);
  }

  private static Stream<DynamicTest> onStandIn(List<Case> cases, Check check) throws IOException {
    PubSubServer pubsub = PubSubServer.start(0);
    pubsub.subscribe(TOPIC, SUBSCRIPTION, Duration.ofMinutes(10));
    StorageServer standIn = StorageServer.start(StorageServerSettings.temporary());
    BucketNotifications.connect(standIn, pubsub, TOPIC);
    Notifications notifications = Notifications.pulled(pubsub.endpoint(), SUBSCRIPTION);
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(), () -> check.of(c, ask(c, standIn.endpoint(), notifications))))
        .onClose(
            () -> {
              pubsub.close();
              try {
                standIn.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static List<Case> cases() {
    return Stream.of(
            ListingCases.all(),
            ObjectCases.all(),
            ConditionCases.all(),
            UploadCases.all(),
            CopyCases.all(),
            ClientCases.all(),
            NotificationCases.all())
        .flatMap(List::stream)
        .toList();
  }

  private static JsonNode ask(Case c, URI endpoint, Notifications notifications) throws Exception {
    String name = "case-" + BUCKETS.incrementAndGet();
    return c.question().ask(Bucket.create(endpoint, name, notifications));
  }
}
