package dev.wrinklefree.checkpoint.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixComparisonTest {

  private static final Duration SAVE_WINDOW = Duration.ofMinutes(15);

  private final Bucket bucket = new Bucket();
  private final Recorder recorder = new Recorder(new PrefixComparison(SAVE_WINDOW));

  @Test
  void publishesAFileOnceItIsThere() {
    StoredObject object = bucket.put("checkpoint_step_1000.pt");

    Completed completed = onlyOne(look());

    assertThat(completed.slot().step()).isEqualTo(1000);
    assertThat(completed.revision()).isEqualTo(1);
    assertThat(completed.objects()).containsExactly(object);
    assertThat(look()).isEmpty();
  }

  @Test
  void isSilentOnADirectoryUntilBothAreThere() {
    StoredObject state = bucket.put("checkpoint-1000/training_state.pt");
    assertThat(look()).isEmpty();

    StoredObject model = bucket.put("checkpoint-1000/model.pt");

    Completed completed = onlyOne(look());
    assertThat(completed.objects()).containsExactly(model, state);
    assertThat(completed.writtenAt()).isEqualTo(model.writtenAt());
    assertThat(completed.totalBytes()).isEqualTo(model.size() + state.size());
    assertThat(look()).isEmpty();
  }

  @Test
  void anObjectWithoutBytesIsNotThere() {
    bucket.put("checkpoint-1000/model.pt");
    bucket.putEmpty("checkpoint-1000/training_state.pt");
    bucket.putEmpty("final_checkpoint.pt");

    assertThat(look()).isEmpty();
  }

  @Test
  void anOverwrittenFileIsANewRevision() {
    bucket.put("checkpoint_step_1000.pt");
    look();
    StoredObject second = bucket.put("checkpoint_step_1000.pt");

    Completed completed = onlyOne(look());

    assertThat(completed.revision()).isEqualTo(2);
    assertThat(completed.objects()).containsExactly(second);
  }

  @ParameterizedTest
  @CsvSource({"model.pt, training_state.pt", "training_state.pt, model.pt"})
  void anOverwrittenDirectoryIsTheNewPairAndNeverAMixture(String first, String second) {
    bucket.put("checkpoint-1000/model.pt");
    bucket.put("checkpoint-1000/training_state.pt");
    look();
    bucket.passes(Duration.ofHours(1));

    StoredObject one = bucket.put("checkpoint-1000/" + first);
    assertThat(look()).isEmpty();
    assertThat(recorder.lastChange().waiting()).isTrue();
    bucket.passes(SAVE_WINDOW.minusMinutes(1));
    assertThat(look()).isEmpty();
    StoredObject other = bucket.put("checkpoint-1000/" + second);

    Completed completed = onlyOne(look());
    assertThat(completed.revision()).isEqualTo(2);
    assertThat(completed.objects()).containsExactlyInAnyOrder(one, other);
    assertThat(recorder.lastChange().waiting()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"model.pt", "training_state.pt"})
  void aHalfOverwrittenDirectoryIsPublishedWhenItsSaveMustHaveEnded(String half) {
    bucket.put("checkpoint-1000/model.pt");
    bucket.put("checkpoint-1000/training_state.pt");
    look();
    bucket.passes(Duration.ofHours(1));
    bucket.put("checkpoint-1000/" + half);
    assertThat(look()).isEmpty();

    bucket.passes(SAVE_WINDOW);

    assertThat(onlyOne(look()).revision()).isEqualTo(2);
    assertThat(look()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"model.pt, training_state.pt", "training_state.pt, model.pt"})
  void aHalfOfADeadAttemptIsNotPairedWithThatOfTheNext(String left, String right) {
    bucket.put("checkpoint-1000/" + left);
    look();
    bucket.passes(Duration.ofHours(1));

    bucket.put("checkpoint-1000/" + right);
    assertThat(look()).isEmpty();
    bucket.put("checkpoint-1000/" + left);

    assertThat(onlyOne(look()).revision()).isEqualTo(1);
    assertThat(look()).isEmpty();
  }

  @Test
  void aPairWrittenFarApartIsPublishedLateButNotLost() {
    bucket.put("checkpoint-1000/model.pt");
    look();
    bucket.passes(SAVE_WINDOW.plusMinutes(1));
    bucket.put("checkpoint-1000/training_state.pt");
    assertThat(look()).isEmpty();

    bucket.passes(SAVE_WINDOW);

    assertThat(onlyOne(look()).revision()).isEqualTo(1);
  }

  @Test
  void aPairFoundLongAfterItWasWrittenIsPublishedAtOnce() {
    bucket.put("checkpoint-final/model.pt");
    bucket.put("checkpoint-final/training_state.pt");
    bucket.passes(Duration.ofDays(3));

    assertThat(onlyOne(look()).slot().kind()).isEqualTo(Kind.FINAL);
  }

  @Test
  void stepsMayGoBackwards() {
    bucket.put("checkpoint_step_1000.pt");
    bucket.put("checkpoint_step_2000.pt");
    assertThat(look()).extracting(c -> c.slot().step()).containsExactly(1000L, 2000L);

    bucket.put("checkpoint_step_500.pt");
    bucket.put("checkpoint_step_1000.pt");

    List<Completed> again = look();
    assertThat(again).extracting(c -> c.slot().step()).containsExactly(500L, 1000L);
    assertThat(again).extracting(Completed::revision).containsExactly(1, 2);
  }

  @Test
  void ordersByTimeAndNotByName() {
    bucket.put("checkpoint_step_999.pt");
    bucket.put("checkpoint_step_1000.pt");
    bucket.put("checkpoint-2000/model.pt");
    bucket.put("final_checkpoint.pt");
    bucket.put("checkpoint-2000/training_state.pt");

    assertThat(look())
        .extracting(c -> c.slot().name().substring(Bucket.PREFIX.length()))
        .containsExactly(
            "checkpoint_step_999.pt",
            "checkpoint_step_1000.pt",
            "final_checkpoint.pt",
            "checkpoint-2000/");
  }

  @Test
  void aDeletedFileIsForgottenAndItsReturnIsANewRevision() {
    bucket.put("checkpoint_step_1000.pt");
    look();
    bucket.delete("checkpoint_step_1000.pt");

    assertThat(look()).isEmpty();
    assertThat(recorder.recorded().seen()).isEmpty();
    assertThat(recorder.recorded().published()).hasSize(1);
    bucket.put("checkpoint_step_1000.pt");

    assertThat(onlyOne(look()).revision()).isEqualTo(2);
  }

  @Test
  void aFileThatIsGoneFromOneListingOnlyIsNotRepeated() {
    StoredObject object = bucket.put("checkpoint_step_1000.pt");
    look();
    bucket.delete("checkpoint_step_1000.pt");
    look();
    bucket.restore(object);

    assertThat(look()).isEmpty();
  }

  @Test
  void saysWhatAppearedAndWhatVanished() {
    StoredObject first = bucket.put("checkpoint_step_1000.pt");
    look();
    assertThat(recorder.lastChange().appeared()).containsExactly(first);
    look();
    assertThat(recorder.lastChange().isChange()).isFalse();

    bucket.delete("checkpoint_step_1000.pt");
    look();

    assertThat(recorder.lastChange().vanished()).containsExactly(first.name());
  }

  @Test
  void aNewEditOfMetadataIsNoNews() {
    StoredObject object = bucket.put("checkpoint_step_1000.pt");
    look();
    bucket.restore(object);

    assertThat(look()).isEmpty();
    assertThat(recorder.lastChange().isChange()).isFalse();
  }

  @Test
  void saysWhatADirectoryLacks() {
    StoredObject model = bucket.put("checkpoint-1000/model.pt");
    bucket.putEmpty("checkpoint-1000/training_state.pt");
    look();

    assertThat(recorder.lastChange().partial())
        .singleElement()
        .satisfies(
            partial -> {
              assertThat(partial.slot().step()).isEqualTo(1000);
              assertThat(partial.present()).containsExactly(model);
              assertThat(partial.missing())
                  .containsExactly(Bucket.PREFIX + "checkpoint-1000/training_state.pt");
            });
    bucket.put("checkpoint-1000/training_state.pt");
    look();
    assertThat(recorder.lastChange().partial()).isEmpty();
  }

  @Test
  void whatIsLeftOfADeletedDirectoryLacksNothing() {
    bucket.put("checkpoint-1000/model.pt");
    bucket.put("checkpoint-1000/training_state.pt");
    look();
    bucket.delete("checkpoint-1000/model.pt");
    look();
    assertThat(recorder.lastChange().partial()).isEmpty();

    bucket.put("checkpoint-1000/training_state.pt");
    look();
    assertThat(recorder.lastChange().partial()).hasSize(1);
  }

  @Test
  void refusesANegativeSaveWindow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrefixComparison(Duration.ofSeconds(-1)));
  }

  private List<Completed> look() {
    return recorder.look(bucket.listing(), bucket.now());
  }

  private static Completed onlyOne(List<Completed> completed) {
    assertThat(completed).hasSize(1);
    return completed.getFirst();
  }

  /** Keeps what the service keeps in its database. */
  static final class Recorder {

    private final PrefixComparison comparison;
    private RecordedPrefix recorded = RecordedPrefix.empty();
    private PrefixChange lastChange =
        new PrefixChange(List.of(), List.of(), List.of(), List.of(), List.of());

    Recorder(PrefixComparison comparison) {
      this.comparison = comparison;
    }

    List<Completed> look(List<StoredObject> listing, Instant now) {
      lastChange =
          comparison.compare(Bucket.PREFIX, CheckpointNames.of(null), recorded, listing, now);
      recorded = Recorded.after(recorded, lastChange, now);
      return lastChange.completed();
    }

    PrefixChange lastChange() {
      return lastChange;
    }

    RecordedPrefix recorded() {
      return recorded;
    }
  }
}
