package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.registry.ListingPace.Job;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.checkpoint.watch.CheckpointPublisher.Finding;
import dev.wrinklefree.checkpoint.watch.ListingComparison.Compared;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingFindingsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  private final PendingFindings pending = new PendingFindings(3, 10, LONGEST_WAIT);

  @Test
  void nothingWaitsWhereNoOtherListingDoes() {
    Finding only = nothingNew("run-1");
    pending.add("bucket", only, NOW);

    assertThat(pending.due("bucket", false, NOW)).containsExactly(only);
    assertThat(pending.due("bucket", false, NOW)).isEmpty();
  }

  @Test
  void whatListingsFindThatFollowEachOtherIsRecordedTogether() {
    Finding one = nothingNew("run-1");
    Finding two = nothingNew("run-2");
    Finding three = nothingNew("run-3");

    pending.add("bucket", one, NOW);
    assertThat(pending.due("bucket", true, NOW)).isEmpty();
    pending.add("bucket", two, NOW);
    assertThat(pending.due("bucket", true, NOW)).isEmpty();
    pending.add("bucket", three, NOW);

    assertThat(pending.due("bucket", true, NOW)).containsExactly(one, two, three);
  }

  @Test
  void manyCheckpointsDoNotWait() {
    pending.add("bucket", withCheckpoints("run-1", 10), NOW);

    assertThat(pending.due("bucket", true, NOW)).hasSize(1);
  }

  @Test
  void nothingWaitsForLongerThanAMoment() {
    pending.add("bucket", nothingNew("run-1"), NOW);
    pending.add("bucket", nothingNew("run-2"), NOW.plus(LONGEST_WAIT).minusMillis(1));

    assertThat(pending.due("bucket", true, NOW.plus(LONGEST_WAIT).minusMillis(1))).isEmpty();
    assertThat(pending.due("bucket", true, NOW.plus(LONGEST_WAIT))).hasSize(2);
  }

  @Test
  void aBucketWithMoreToComeHoldsUpNoOther() {
    pending.add("busy", nothingNew("run-1"), NOW);
    pending.add("calm", nothingNew("run-2"), NOW);

    assertThat(pending.due("calm", false, NOW)).hasSize(1);
    assertThat(pending.all()).hasSize(1);
    assertThat(pending.all()).isEmpty();
  }

  @Test
  void ofARunTheFirstStands() {
    Finding first = nothingNew("run-1");
    pending.add("bucket", first, NOW);
    pending.add("bucket", withCheckpoints("run-1", 1), NOW);

    assertThat(pending.due("bucket", false, NOW)).containsExactly(first);
  }

  private static Finding nothingNew(String run) {
    return withCheckpoints(run, 0);
  }

  private static Finding withCheckpoints(String run, int count) {
    BucketPrefix where = new BucketPrefix("bucket", run + "/");
    WatchedRun watched =
        new WatchedRun(
            new RunId(run),
            where,
            null,
            new WatchedRun.Cause("event", "request", null),
            Job.ACTIVE,
            NOW,
            null,
            0,
            0,
            0);
    List<Completed> completed =
        IntStream.range(0, count).mapToObj(step -> completed(where, step)).toList();
    PrefixChange change = new PrefixChange(List.of(), List.of(), completed, List.of(), List.of());
    return new Finding(watched, NOW, new Compared(change, null), List.of(change));
  }

  private static Completed completed(BucketPrefix where, int step) {
    String name = where.prefix() + "checkpoint_step_" + step + ".pt";
    return new Completed(
        CheckpointNames.of(null).slotOf(where.prefix(), name).orElseThrow(),
        1,
        List.of(new StoredObject(name, 1, 1, "yZRlqg==", NOW)));
  }
}
