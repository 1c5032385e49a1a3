package dev.wrinklefree.checkpoint.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of ten thousand checkpoints that are all found by its first listing. */
@QuarkusTest
@TestProfile(RareListings.class)
@WithPlatform
@QuarkusTestResource(StorageResource.class)
@QuarkusTestResource(value = PubSubResource.class, restrictToAnnotatedClass = true)
class LargeRunTest extends WatchScenario {

  private static final Logger LOGGER = LoggerFactory.getLogger(LargeRunTest.class);

  private static final int CHECKPOINTS = 10_000;
  private static final long MEBIBYTE = 1 << 20;

  @Inject BucketLister lister;

  @Override
  protected String bucketName() {
    return "large-run";
  }

  @Test
  void isToldInManySmallTransactionsInTheOrderOfWriting() throws Exception {
    for (int step = 0; step < CHECKPOINTS; step++) {
      server.put(bucket.name(), prefix + "checkpoint_step_" + step + ".pt", "x".getBytes(UTF_8));
    }
    long begun = System.nanoTime();
    accept();
    Awaitility.await()
        .atMost(PATIENCE.multipliedBy(2))
        .until(() -> count("checkpoint") == CHECKPOINTS);
    Duration told = Duration.ofNanos(System.nanoTime() - begun);
    // The broker has heard enough of it.
    database.update("delete from outbox_event where run_id = ?", runId.value());

    assertThat(steps("id")).isEqualTo(steps("written_at, slot"));
    assertThat(steps("id"))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, CHECKPOINTS).boxed().toList());
    assertThat(number("select count(distinct xmin::text) from checkpoint where run_id = ?"))
        .isEqualTo(CHECKPOINTS / config.checkpointsPerTransaction());
    assertThat(number("select last_sequence from outbox_stream where run_id = ?"))
        .isEqualTo(CHECKPOINTS);

    long before = usedHeap();
    List<StoredObject> objects = new ArrayList<>();
    begun = System.nanoTime();
    BucketPrefix where = new BucketPrefix(bucket.name(), prefix);
    assertThat(lister.list(where, objects::add)).isInstanceOf(Listed.class);
    Duration listed = Duration.ofNanos(System.nanoTime() - begun);
    long held = usedHeap() - before;

    LOGGER.info(
        "{} checkpoints: told within {} of the launch; a listing takes {} and holds {} MiB",
        objects.size(),
        told,
        listed,
        held / MEBIBYTE);
    assertThat(held).as("bytes of a listing").isLessThan(32 * MEBIBYTE);
  }

  private List<Long> steps(String order) {
    return database.query(
        "select (data ->> 'step')::bigint from checkpoint where run_id = ? order by " + order,
        row -> row.getLong(1),
        runId.value());
  }

  private long count(String table) {
    return number("select count(*) from " + table + " where run_id = ?");
  }

  private long number(String sql) {
    return database.query(sql, row -> row.getLong(1), runId.value()).getFirst();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
