package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that are written more than once. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class OverwriteTest extends WatchScenario {

  @Test
  void tellsAnOverwrittenFileAsANewRevision() {
    accept();
    bucket.put(prefix + "final_checkpoint.pt", "first");
    consumer.awaitEvents(runId, 1);
    StoredObject second = bucket.put(prefix + "final_checkpoint.pt", "second");

    CheckpointWritten told = awaitTold(2).getLast();

    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.objects()).containsExactly(second);
  }

  @ParameterizedTest
  @CsvSource({"model.pt, training_state.pt", "training_state.pt, model.pt"})
  void neverTellsAMixtureOfTwoSaves(String first, String second) {
    accept();
    bucket.put(prefix + "checkpoint-1000/model.pt");
    bucket.put(prefix + "checkpoint-1000/training_state.pt");
    consumer.awaitEvents(runId, 1);

    StoredObject one = bucket.put(prefix + "checkpoint-1000/" + first);
    awaitListings(2);
    assertThat(consumer.events(runId)).hasSize(1);
    StoredObject other = bucket.put(prefix + "checkpoint-1000/" + second);

    CheckpointWritten told = awaitTold(2).getLast();
    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.objects()).containsExactlyInAnyOrder(one, other);
  }

  @Test
  void tellsAHalfOverwrittenDirectoryOnceItsSaveMustHaveEnded() {
    accept();
    bucket.put(prefix + "checkpoint-1000/model.pt");
    bucket.put(prefix + "checkpoint-1000/training_state.pt");
    consumer.awaitEvents(runId, 1);
    Instant overwritten = clock.instant();
    bucket.put(prefix + "checkpoint-1000/model.pt");

    CheckpointWritten told = awaitTold(2).getLast();

    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.seenAt()).isAfterOrEqualTo(overwritten.plus(config.saveWindow()));
  }

  @Test
  void letsStepsGoBackwards() {
    accept();
    bucket.put(prefix + "checkpoint_step_1000.pt");
    bucket.put(prefix + "checkpoint_step_2000.pt");
    consumer.awaitEvents(runId, 2);
    bucket.put(prefix + "checkpoint_step_500.pt");
    bucket.put(prefix + "checkpoint_step_1000.pt");

    List<CheckpointWritten> told = awaitTold(4);

    assertThat(told).extracting(CheckpointWritten::step).containsExactly(1000L, 2000L, 500L, 1000L);
    assertThat(told).extracting(CheckpointWritten::revision).containsExactly(1, 1, 1, 2);
  }

  @Test
  void tellsAFileThatReturnsAfterItsDeletionAsANewRevision() {
    accept();
    bucket.put(prefix + "checkpoint_step_1000.pt");
    consumer.awaitEvents(runId, 1);
    bucket.delete(prefix + "checkpoint_step_1000.pt");
    awaitListings(2);
    bucket.put(prefix + "checkpoint_step_1000.pt");

    assertThat(awaitTold(2)).extracting(CheckpointWritten::revision).containsExactly(1, 2);
  }

  @Test
  void tellsWhatItSeesOfAFileThatIsOverwrittenInEveryTickEachGenerationOnce() {
    accept();
    List<Long> written = new ArrayList<>();
    for (int tick = 0; tick < 8; tick++) {
      IntStream.range(0, 3)
          .forEach(i -> written.add(bucket.put(prefix + "last/final_checkpoint.pt").generation()));
      awaitListings(0);
    }
    awaitTold(8);
    awaitListings(2);

    List<Long> generations =
        told().stream().map(told -> told.objects().getFirst().generation()).toList();
    assertThat(generations).isSorted().doesNotHaveDuplicates().isSubsetOf(written);
    assertThat(generations).last().isEqualTo(written.getLast());
    assertThat(told())
        .extracting(CheckpointWritten::revision)
        .isEqualTo(IntStream.rangeClosed(1, generations.size()).boxed().toList());
  }

  @Test
  void tellsNoMixtureOfADirectoryThatIsOverwrittenInEveryTick() {
    accept();
    List<List<Long>> saves = new ArrayList<>();
    for (int tick = 0; tick < 6; tick++) {
      long model = bucket.put(prefix + "checkpoint-final/model.pt").generation();
      awaitListings(0);
      long state = bucket.put(prefix + "checkpoint-final/training_state.pt").generation();
      saves.add(List.of(model, state));
      awaitListings(0);
    }
    awaitTold(6);
    awaitListings(2);

    assertThat(told())
        .extracting(told -> told.objects().stream().map(StoredObject::generation).toList())
        .isEqualTo(saves);
  }
}
