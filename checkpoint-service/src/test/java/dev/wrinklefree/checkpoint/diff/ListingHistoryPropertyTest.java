package dev.wrinklefree.checkpoint.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Random histories of a bucket, seen through listings that fail, that lack objects, that are
 * recorded in part, and by a clock that jumps, against a model that saw everything.
 */
class ListingHistoryPropertyTest {

  private static final Duration SAVE_WINDOW = Duration.ofMinutes(15);
  private static final String SEED = "20261123";

  private static final List<String> NAMES =
      List.of(
          "checkpoint_step_1000.pt",
          "checkpoint_step_2000.pt",
          "checkpoint-1000/model.pt",
          "checkpoint-1000/training_state.pt",
          "checkpoint-final/model.pt",
          "checkpoint-final/training_state.pt",
          "final_checkpoint.pt");

  private final PrefixComparison comparison = new PrefixComparison(SAVE_WINDOW);

  private enum Happening {
    WRITE,
    DELETE,
    TIME_PASSES,
    CLOCK_JUMPS,
    LISTING,
    LISTING_FAILS,
    LISTING_LACKS_OBJECTS,
    CRASH_WHILE_RECORDING
  }

  @Property(seed = SEED, tries = 2_000)
  void inTheEndWhatIsCompleteIsToldAndEachRevisionOnce(
      @ForAll("histories") List<Tuple2<Happening, Integer>> history) {
    Bucket bucket = new Bucket();
    Watch watch = new Watch();
    Set<Set<Long>> live = new HashSet<>();

    for (Tuple2<Happening, Integer> step : history) {
      Random random = new Random(step.get2());
      String name = NAMES.get(random.nextInt(NAMES.size()));
      switch (step.get1()) {
        case WRITE -> bucket.put(name);
        case DELETE -> bucket.delete(name);
        case TIME_PASSES -> bucket.passes(Duration.ofMinutes(random.nextInt(20)));
        case CLOCK_JUMPS -> watch.skew = Duration.ofHours(random.nextInt(49) - 24L);
        case LISTING -> watch.look(bucket, bucket.listing(), Integer.MAX_VALUE);
        // Nothing is compared and nothing recorded.
        case LISTING_FAILS -> {}
        case LISTING_LACKS_OBJECTS ->
            watch.look(
                bucket,
                bucket.listing().stream().filter(object -> random.nextBoolean()).toList(),
                Integer.MAX_VALUE);
        case CRASH_WHILE_RECORDING -> watch.look(bucket, bucket.listing(), random.nextInt(3));
      }
      live.addAll(slots(bucket).values());
    }
    for (int listing = 0; listing < 2; listing++) {
      watch.look(bucket, bucket.listing(), Integer.MAX_VALUE);
      bucket.passes(SAVE_WINDOW);
    }
    watch.look(bucket, bucket.listing(), Integer.MAX_VALUE);

    assertThat(watch.told).extracting(ListingHistoryPropertyTest::generations).isSubsetOf(live);
    Map<String, List<Completed>> bySlot =
        watch.told.stream().collect(Collectors.groupingBy(told -> told.slot().name()));
    bySlot
        .values()
        .forEach(
            told -> {
              assertThat(told)
                  .extracting(Completed::revision)
                  .isEqualTo(IntStream.rangeClosed(1, told.size()).boxed().toList());
              assertThat(told)
                  .extracting(ListingHistoryPropertyTest::generations)
                  .doesNotHaveDuplicates();
            });
    slots(bucket)
        .forEach(
            (slot, generations) ->
                assertThat(bySlot.getOrDefault(Bucket.PREFIX + slot, List.of()))
                    .extracting(ListingHistoryPropertyTest::generations)
                    .last()
                    .isEqualTo(generations));
  }

  @Provide
  Arbitrary<List<Tuple2<Happening, Integer>>> histories() {
    Arbitrary<Happening> happenings =
        Arbitraries.frequency(
            Tuple.of(12, Happening.WRITE),
            Tuple.of(2, Happening.DELETE),
            Tuple.of(3, Happening.TIME_PASSES),
            Tuple.of(1, Happening.CLOCK_JUMPS),
            Tuple.of(6, Happening.LISTING),
            Tuple.of(1, Happening.LISTING_FAILS),
            Tuple.of(2, Happening.LISTING_LACKS_OBJECTS),
            Tuple.of(2, Happening.CRASH_WHILE_RECORDING));
    return Combinators.combine(happenings, Arbitraries.integers())
        .as(Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  /** The model: the complete slots of the bucket, each with its generations. */
  private static Map<String, Set<Long>> slots(Bucket bucket) {
    Map<String, Long> members = new HashMap<>();
    bucket
        .listing()
        .forEach(o -> members.put(o.name().substring(Bucket.PREFIX.length()), o.generation()));
    Map<String, Set<Long>> slots = new HashMap<>();
    for (String name : NAMES) {
      int slash = name.indexOf('/');
      String slot = slash < 0 ? name : name.substring(0, slash + 1);
      List<String> all = NAMES.stream().filter(other -> other.startsWith(slot)).toList();
      if (members.keySet().containsAll(all)) {
        slots.put(slot, all.stream().map(members::get).collect(Collectors.toSet()));
      }
    }
    return slots;
  }

  private static Set<Long> generations(Completed completed) {
    return completed.objects().stream()
        .map(StoredObject::generation)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Records as the service does: part by part, each with its events. */
  private final class Watch {

    private final List<Completed> told = new ArrayList<>();
    private RecordedPrefix recorded = RecordedPrefix.empty();
    private Duration skew = Duration.ZERO;

    void look(Bucket bucket, List<StoredObject> listing, int partsUntilCrash) {
      Instant now = bucket.now().plus(skew);
      PrefixChange change =
          comparison.compare(Bucket.PREFIX, CheckpointNames.of(null), recorded, listing, now);
      for (PrefixChange part : change.parts(1).stream().limit(partsUntilCrash).toList()) {
        recorded = Recorded.after(recorded, part, now);
        told.addAll(part.completed());
      }
    }
  }
}
