package dev.wrinklefree.checkpoint.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PrefixComparisonPropertyTest {

  private static final Duration SAVE_WINDOW = Duration.ofMinutes(15);
  private static final String SEED = "20261123";

  @Property(seed = SEED)
  void anyInterleavingOfUploadsTellsEachCheckpointOnceAndNeverAnIncompleteOne(
      @ForAll("checkpoints") Set<String> checkpoints,
      @ForAll long order,
      @ForAll @IntRange(min = 1, max = 5) int uploadsPerListing) {
    List<String> uploads = new ArrayList<>(checkpoints.stream().flatMap(c -> members(c)).toList());
    uploads.addAll(TEMPORARY);
    Collections.shuffle(uploads, new Random(order));
    Bucket bucket = new Bucket();
    PrefixComparisonTest.Recorder recorder = recorder();
    List<Completed> told = new ArrayList<>();

    for (int i = 0; i < uploads.size(); i++) {
      bucket.put(uploads.get(i));
      if (i % uploadsPerListing == 0) {
        told.addAll(lookTwiceInAnyOrder(recorder, bucket, order + i));
      }
    }
    told.addAll(lookTwiceInAnyOrder(recorder, bucket, order));

    assertThat(told)
        .extracting(c -> c.slot().name().substring(Bucket.PREFIX.length()))
        .containsExactlyInAnyOrderElementsOf(checkpoints);
    assertThat(told).allSatisfy(c -> assertThat(c.revision()).isEqualTo(1));
    assertThat(told).allSatisfy(PrefixComparisonPropertyTest::isComplete);
  }

  @Property(seed = SEED)
  void anyRunOfWholeSavesIsToldWithRevisionsInOrderAndWithoutMixtures(
      @ForAll("saves") List<String> saves,
      @ForAll long order,
      @ForAll @IntRange(min = 1, max = 3) int uploadsPerListing) {
    Random random = new Random(order);
    Bucket bucket = new Bucket();
    PrefixComparisonTest.Recorder recorder = recorder();
    List<Completed> told = new ArrayList<>();
    Set<Set<Long>> wholeSaves = new HashSet<>();

    int uploads = 0;
    for (String save : saves) {
      List<String> names = new ArrayList<>(members(save).toList());
      Collections.shuffle(names, random);
      Set<Long> generations = new HashSet<>();
      for (String name : names) {
        generations.add(bucket.put(name).generation());
        if (uploads++ % uploadsPerListing == 0) {
          told.addAll(recorder.look(bucket.listing(), bucket.now()));
        }
      }
      wholeSaves.add(generations);
      told.addAll(recorder.look(bucket.listing(), bucket.now()));
      bucket.passes(SAVE_WINDOW.multipliedBy(2));
      told.addAll(recorder.look(bucket.listing(), bucket.now()));
    }

    assertThat(told).hasSameSizeAs(saves);
    assertThat(told).allSatisfy(c -> assertThat(wholeSaves).contains(Set.copyOf(generations(c))));
    for (String slot : Set.copyOf(saves)) {
      List<Integer> revisions =
          told.stream()
              .filter(c -> c.slot().name().equals(Bucket.PREFIX + slot))
              .map(Completed::revision)
              .toList();
      assertThat(revisions)
          .hasSize(Collections.frequency(saves, slot))
          .isSorted()
          .doesNotHaveDuplicates()
          .startsWith(1);
    }
  }

  @Property(seed = SEED)
  void theSameGenerationsAreNeverToldTwiceWhateverHappens(
      @ForAll("anything") List<String> happenings, @ForAll long order) {
    Random random = new Random(order);
    Bucket bucket = new Bucket();
    PrefixComparisonTest.Recorder recorder = recorder();
    List<Set<Long>> told = new ArrayList<>();

    for (String name : happenings) {
      switch (random.nextInt(4)) {
        case 0 -> bucket.delete(name);
        case 1 -> bucket.passes(SAVE_WINDOW);
        default -> bucket.put(name);
      }
      if (random.nextBoolean()) {
        for (Completed c : recorder.look(bucket.listing(), bucket.now())) {
          isComplete(c);
          told.add(Set.copyOf(generations(c)));
        }
      }
    }

    assertThat(told).doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<Set<String>> checkpoints() {
    return slot().set().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> saves() {
    return slot().list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<String>> anything() {
    return slot()
        .flatMap(slot -> Arbitraries.of(members(slot).toList()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static final List<String> TEMPORARY =
      List.of(
          ".gcsfuse_tmp/checkpoint_step_1000.pt",
          "checkpoint_step_3000.pt.part",
          "tmp-checkpoint-1000/checkpoint-1000/model.pt",
          "tmp-checkpoint-1000/checkpoint-1000/training_state.pt",
          "checkpoint-7.orbax-checkpoint-tmp-1/model.pt",
          "checkpoint-7.orbax-checkpoint-tmp-1/training_state.pt");

  private static Arbitrary<String> slot() {
    Arbitrary<Integer> steps = Arbitraries.of(0, 500, 999, 1000, 2000, 10_000);
    return Arbitraries.oneOf(
        steps.map(step -> "checkpoint_step_" + step + ".pt"),
        steps.map(step -> "checkpoint-" + step + "/"),
        Arbitraries.of("final_checkpoint.pt", "checkpoint-final/"));
  }

  private static Stream<String> members(String slot) {
    return slot.endsWith("/")
        ? Stream.of(slot + "model.pt", slot + "training_state.pt")
        : Stream.of(slot);
  }

  private static List<Completed> lookTwiceInAnyOrder(
      PrefixComparisonTest.Recorder recorder, Bucket bucket, long order) {
    List<StoredObject> listing = new ArrayList<>(bucket.listing());
    Collections.shuffle(listing, new Random(order));
    List<Completed> told = new ArrayList<>(recorder.look(listing, bucket.now()));
    Collections.reverse(listing);
    told.addAll(recorder.look(listing, bucket.now()));
    return told;
  }

  private static void isComplete(Completed completed) {
    CheckpointSlot slot = completed.slot();
    assertThat(completed.objects())
        .extracting(StoredObject::name)
        .containsExactlyElementsOf(slot.memberNames());
  }

  private static List<Long> generations(Completed completed) {
    return completed.objects().stream().map(StoredObject::generation).collect(Collectors.toList());
  }

  private static PrefixComparisonTest.Recorder recorder() {
    return new PrefixComparisonTest.Recorder(new PrefixComparison(SAVE_WINDOW));
  }
}
