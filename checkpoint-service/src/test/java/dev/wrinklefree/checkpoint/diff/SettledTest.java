package dev.wrinklefree.checkpoint.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Seen;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.CheckpointLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettledTest {

  private static final String PREFIX = "fairy2/smollm2_135m/run-1/";
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final CheckpointNames NAMES = CheckpointNames.of(CheckpointLayout.FAIRY2);

  private final PrefixComparison comparison = new PrefixComparison(Duration.ofMinutes(15));

  private final List<StoredObject> whole =
      List.of(
          object("checkpoint-2000/model.pt", 1),
          object("checkpoint-2000/training_state.pt", 2),
          object("checkpoint_step_3000.pt", 3),
          object("train.log", 4));

  @Test
  void nothingIsBeyondAListingThatIsTheSameInAnyOrder() {
    Settled settled = settled(whole).orElseThrow();

    assertThat(settled.size()).isEqualTo(whole.size());
    assertThat(settled.beyond(PREFIX, whole.reversed())).contains(List.of());
  }

  @Test
  void whatWasWrittenLateBelowANameThatWasSeenIsBeyondIt() {
    Settled settled = settled(whole).orElseThrow();
    StoredObject early = object("checkpoint-1000/model.pt", 9);

    assertThat(settled.beyond(PREFIX, with(whole, early))).contains(List.of(early));
  }

  @Test
  void anOverwriteOrADeletionMakesTheWholeListingBeCompared() {
    Settled settled = settled(whole).orElseThrow();
    List<StoredObject> overwritten = new ArrayList<>(whole);
    overwritten.set(2, object("checkpoint_step_3000.pt", 5));

    assertThat(settled.beyond(PREFIX, overwritten)).isEmpty();
    assertThat(settled.beyond(PREFIX, whole.subList(1, 4))).isEmpty();
    assertThat(settled.beyond(PREFIX, with(whole.subList(1, 4), object("new", 6)))).isEmpty();
  }

  @Test
  void aDirectoryThatLacksAnObjectIsNotSettled() {
    assertThat(settled(with(whole, object("checkpoint-4000/model.pt", 7)))).isEmpty();
  }

  @Test
  void whatIsLeftOfACheckpointThatIsBeingDeletedIsNotSettled() {
    PrefixChange all = comparison.compare(PREFIX, NAMES, RecordedPrefix.empty(), whole, NOW);
    List<StoredObject> rest = whole.subList(1, 4);
    PrefixChange change = comparison.compare(PREFIX, NAMES, recorded(all), rest, NOW);

    assertThat(change.partial()).isEmpty();
    assertThat(Settled.of(PREFIX, NAMES, rest, change)).isEmpty();
  }

  @Test
  void anOverwriteThatIsHeldBackIsNotSettled() {
    PrefixChange all = comparison.compare(PREFIX, NAMES, RecordedPrefix.empty(), whole, NOW);
    List<StoredObject> half = new ArrayList<>(whole);
    half.set(0, object("checkpoint-2000/model.pt", 8));
    PrefixChange change = comparison.compare(PREFIX, NAMES, recorded(all), half, NOW);

    assertThat(change.waiting()).isTrue();
    assertThat(Settled.of(PREFIX, NAMES, half, change)).isEmpty();
  }

  @Test
  void aCompleteCheckpointThatIsNewIsSettledWithTheRest() {
    Settled settled = settled(whole).orElseThrow();
    List<StoredObject> added =
        List.of(
            object("checkpoint-1000/model.pt", 9), object("checkpoint-1000/training_state.pt", 10));
    PrefixChange change = comparison.compare(PREFIX, NAMES, RecordedPrefix.empty(), added, NOW);
    Settled after = settled.with(PREFIX, NAMES, added, change).orElseThrow();
    List<StoredObject> all = new ArrayList<>(whole);
    all.addAll(added);

    assertThat(change.completed()).hasSize(1);
    assertThat(after.beyond(PREFIX, all)).contains(List.of());
    assertThat(after.beyond(PREFIX, whole)).isEmpty();
  }

  @Test
  void aHalfOfWhatIsNewUnsettlesTheRest() {
    Settled settled = settled(whole).orElseThrow();
    List<StoredObject> added = List.of(object("checkpoint-1000/model.pt", 9));
    PrefixChange change = comparison.compare(PREFIX, NAMES, RecordedPrefix.empty(), added, NOW);

    assertThat(settled.with(PREFIX, NAMES, added, change)).isEmpty();
  }

  private Optional<Settled> settled(List<StoredObject> listing) {
    PrefixChange change = comparison.compare(PREFIX, NAMES, RecordedPrefix.empty(), listing, NOW);
    return Settled.of(PREFIX, NAMES, listing, change);
  }

  private static RecordedPrefix recorded(PrefixChange change) {
    Map<String, Seen> seen =
        change.appeared().stream()
            .collect(
                Collectors.toMap(StoredObject::name, object -> new Seen(object.generation(), NOW)));
    Map<String, RecordedPrefix.Published> published =
        change.completed().stream()
            .collect(
                Collectors.toMap(
                    completed -> completed.slot().name(),
                    completed ->
                        new RecordedPrefix.Published(
                            completed.revision(),
                            completed.objects().stream()
                                .collect(
                                    Collectors.toMap(
                                        StoredObject::name, StoredObject::generation)))));
    return new RecordedPrefix(seen, published);
  }

  private static List<StoredObject> with(List<StoredObject> listing, StoredObject more) {
    List<StoredObject> all = new ArrayList<>(listing);
    all.add(more);
    return all;
  }

  private static StoredObject object(String name, long generation) {
    return new StoredObject(PREFIX + name, generation, 1_000, "yZRlqg==", NOW);
  }
}
