package dev.wrinklefree.checkpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.watch.PubSubResource;
import dev.wrinklefree.checkpoint.watch.RareListings;
import dev.wrinklefree.checkpoint.watch.WatchScenario;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.sandbox.pubsub.BucketNotifications;
import dev.wrinklefree.sandbox.pubsub.Delivery;
import dev.wrinklefree.sandbox.pubsub.PubSubServer;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service as it is shipped, listing once a minute, with notifications. */
@QuarkusTest
@TestProfile(RareListings.class)
@WithPlatform
@QuarkusTestResource(StorageResource.class)
@QuarkusTestResource(value = PubSubResource.class, restrictToAnnotatedClass = true)
class NotificationWatchTest extends WatchScenario {

  private static final Logger LOGGER = LoggerFactory.getLogger(NotificationWatchTest.class);

  private static boolean connected;

  @SuppressWarnings("NullAway.Init") // set by the test resource
  PubSubServer pubsub;

  @BeforeEach
  void deliverPromptly() {
    // The server outlives this class's tests and tells each listener of every object.
    if (!connected) {
      BucketNotifications.connect(server, pubsub, PubSubResource.TOPIC);
      connected = true;
    }
    pubsub.deliver(Delivery.prompt());
    // What another test was told of is acknowledged after it was told.
    awaitAllAcknowledged();
    accept();
    awaitPlannedListing();
  }

  @Test
  void tellsSoonAfterTheNotification() {
    for (int step = 1; step <= 10; step++) {
      put(step);
      awaitTold(step);
    }

    List<Duration> delays =
        told().stream().map(t -> Duration.between(t.writtenAt(), t.seenAt())).sorted().toList();
    LOGGER.info("From finalisation to event, with an interval of 60 s: {}", delays);
    assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofSeconds(10)) < 0);
  }

  @Test
  void findsByItsOwnListingsWhatNoNotificationTellsOf() {
    pubsub.deliver(Delivery.lossy());
    put(1);
    put(2);
    assertThat(nextListing()).isLessThanOrEqualTo(config.interval());

    passAMinute();

    assertThat(awaitTold(2)).extracting(CheckpointWritten::step).containsExactly(1L, 2L);
  }

  @Test
  void isNotConfusedByRepeatedShuffledAndLateNotifications() {
    pubsub.deliver(new Delivery(3, true, Duration.ofMillis(200)));
    for (int step = 0; step < 20; step++) {
      put(step);
    }

    awaitTold(20);
    awaitAllAcknowledged();
    assertThat(told())
        .extracting(CheckpointWritten::step)
        .isEqualTo(LongStream.range(0, 20).boxed().toList());
  }

  @Test
  void acknowledgesWhatItCannotUse() {
    int before = pubsub.acknowledged(PubSubResource.SUBSCRIPTION);
    List<Map<String, String>> messages =
        Stream.of(
                List.of("no-such-bucket", prefix + "x.pt"),
                List.of(bucket.name(), "nobody/x.pt"),
                List.of(bucket.name(), ""),
                List.of("", ""),
                List.of(bucket.name(), prefix + "nul\0.pt"),
                List.of(bucket.name(), prefix + "half-a-pair\ud800.pt"),
                List.of(bucket.name(), prefix + "'; drop table watched_run; --"))
            .map(
                one ->
                    Map.of(
                        "eventType",
                        "OBJECT_FINALIZE",
                        "bucketId",
                        one.getFirst(),
                        "objectId",
                        one.getLast()))
            .toList();
    messages.forEach(attributes -> pubsub.publish(PubSubResource.TOPIC, attributes, "{"));
    pubsub.publish(PubSubResource.TOPIC, Map.of("eventType", "OBJECT_DELETE"), "");
    pubsub.publish(PubSubResource.TOPIC, Map.of(), "nothing");

    awaitAllAcknowledged();
    assertThat(pubsub.acknowledged(PubSubResource.SUBSCRIPTION) - before)
        .isEqualTo(messages.size() + 2);
    put(1);
    awaitTold(1);
  }

  @Test
  void listsAllTheSameWhilePubSubFailsAndPullsAgainAfterwards() {
    int acknowledged = pubsub.acknowledged(PubSubResource.SUBSCRIPTION);
    // The pull that is under way ends with the first message; what follows is refused.
    pubsub.refuseNext(8, 503);
    put(1);
    passAMinute();
    awaitTold(1);

    awaitAllAcknowledged();
    assertThat(pubsub.acknowledged(PubSubResource.SUBSCRIPTION)).isGreaterThan(acknowledged);
    put(2);
    awaitTold(2);
  }

  @Test
  void aRunThatWasGivenUpIsListedAgain() {
    database.update(
        "update watched_run set next_listing_at = null where run_id = ?", runId.value());

    put(1);

    awaitTold(1);
  }

  private void put(int step) {
    bucket.put(prefix + "checkpoint_step_" + step + ".pt");
  }

  private void awaitAllAcknowledged() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> pubsub.unacknowledged(PubSubResource.SUBSCRIPTION) == 0);
  }

  /** Waits until the run was listed and its next listing is far away. */
  private void awaitPlannedListing() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !column("listings").isEmpty() && column("listings").getFirst() > 0);
    assertThat(nextListing()).isGreaterThan(Duration.ofSeconds(20));
  }

  private Duration nextListing() {
    return database
        .query(
            "select extract(epoch from next_listing_at - now()) from watched_run where run_id = ?",
            row -> Duration.ofSeconds(row.getLong(1)),
            runId.value())
        .getFirst();
  }

  private void passAMinute() {
    database.update(
        "update watched_run set next_listing_at = next_listing_at - interval '1 minute'"
            + " where run_id = ?",
        runId.value());
  }
}
