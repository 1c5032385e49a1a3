package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.TestBucket;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.gcs.ListingFault;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Listings that fail, of a bucket that only the test's own run uses. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class BucketFaultsTest extends WatchScenario {

  private static final int FOR_LONG = 1_000_000;
  private static final int PAGE_SIZE = 10;

  @Inject MeterRegistry metrics;

  @Override
  protected String bucketName() {
    return "faults-" + runId;
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new ListingFault.Refused(429), "http-429"),
        Arguments.of(new ListingFault.Refused(403), "http-403"),
        Arguments.of(new ListingFault.Nonsense(), "broken-answer"),
        Arguments.of(new ListingFault.PageRepeated(), "broken-answer"));
  }

  /** Each fault that the client or the lister meets is a test of the lister. */
  @ParameterizedTest
  @MethodSource("faults")
  void concludesNothingFromAnAnswerThatIsNoneAndGoesOnAfterwards(ListingFault fault, String code) {
    int objects = PAGE_SIZE + 1;
    IntStream.range(0, objects).forEach(this::put);
    accept();
    awaitTold(objects);

    server.disturbListings(bucket.name(), FOR_LONG, fault);
    awaitFailures(runId, 2);
    assertThat(lastFailure(runId)).isEqualTo(code);
    put(objects);
    server.calmListings(bucket.name());

    awaitTold(objects + 1);
    awaitListings(1);
    assertThat(told())
        .extracting(CheckpointWritten::step)
        .isEqualTo(LongStream.rangeClosed(0, objects).boxed().toList());
    assertThat(told()).extracting(CheckpointWritten::revision).containsOnly(1);
  }

  @Test
  void aBucketThatRefusesIsTriedEverMoreRarelyHoweverManyRunsItHas() {
    List<RunId> neighbours = Stream.generate(Fixtures::newRunId).limit(20).toList();
    accept();
    neighbours.forEach(run -> accept(run, bucket.name()));
    awaitListings(2);
    server.disturbListings(bucket.name(), FOR_LONG, new ListingFault.Refused(429));
    int before = server.listingRequests(bucket.name());
    awaitFailures(runId, 1);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> server.listingRequests(bucket.name()) > before + 15);

    // From here on every pause is the longest, and a trial has no more than the client's attempts.
    int from = server.listingRequests(bucket.name());
    int attempts = 3;
    Awaitility.await()
        .during(config.idleInterval().multipliedBy(3))
        .atMost(PATIENCE)
        .until(() -> server.listingRequests(bucket.name()) - from <= 4 * attempts);
    Awaitility.await().atMost(PATIENCE).until(() -> server.listingRequests(bucket.name()) > from);

    put(1);
    server.calmListings(bucket.name());
    awaitTold(1);
  }

  @Test
  void aBucketThatHangsDelaysNoOther() {
    accept();
    awaitListings(1);
    server.disturbListings(
        bucket.name(), FOR_LONG, new ListingFault.Delayed(Duration.ofMinutes(1)));
    List<RunId> stuck = Stream.generate(Fixtures::newRunId).limit(10).toList();
    stuck.forEach(run -> accept(run, bucket.name()));
    int before = server.listingRequests(bucket.name());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> server.listingRequests(bucket.name()) >= before + 2);

    RunId other = Fixtures.newRunId();
    accept(other, StorageResource.BUCKET);
    new TestBucket(storage).put(prefixOf(other) + "checkpoint_step_1.pt");

    assertThat(consumer.awaitEvents(other, 1)).hasSize(1);
  }

  @Test
  void aBucketThatDoesNotExistHoldsUpNoOtherRun() {
    RunId lost = Fixtures.newRunId();
    accept(lost, "no-such-bucket");
    awaitFailures(lost, 2);
    accept();
    put(1);

    awaitTold(1);
    assertThat(lastFailure(lost)).isEqualTo("http-404");
  }

  @Test
  void tellsEachObjectOnceThatAppearsWhileItLists() {
    accept();
    awaitListings(1);
    int objects = 5 * PAGE_SIZE;
    // In an order in which many land before the page that is being read, and many behind it.
    for (int i = 0; i < objects; i++) {
      put((i * 37) % objects);
      if (i % 20 == 0) {
        server.disturbListings(bucket.name(), 1, new ListingFault.Delayed(Duration.ofMillis(5)));
      }
    }

    awaitTold(objects);
    awaitListings(2);
    assertThat(told())
        .extracting(CheckpointWritten::step)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, objects).boxed().toList());
  }

  @Test
  void countsFailuresByTheirCode() {
    accept();
    double before = refusals("http-502");
    server.disturbListings(bucket.name(), FOR_LONG, new ListingFault.Refused(502));

    awaitFailures(runId, 2);

    assertThat(refusals("http-502")).isGreaterThanOrEqualTo(before + 2);
  }

  private double refusals(String code) {
    return metrics.counter("wf.checkpoint.listings.refused", "code", code).count();
  }

  private void put(int step) {
    bucket.put(prefix + "checkpoint_step_" + step + ".pt");
  }
}
