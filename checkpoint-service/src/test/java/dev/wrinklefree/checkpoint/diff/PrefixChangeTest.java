package dev.wrinklefree.checkpoint.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixChangeTest {

  private final Bucket bucket = new Bucket();

  @Test
  void noChangeIsOneEmptyPart() {
    PrefixChange none = new PrefixChange(List.of(), List.of(), List.of(), List.of(), List.of());

    assertThat(none.parts(10)).containsExactly(none);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 100})
  void partsGiveTheWholeInOrder(int size) {
    for (int step = 0; step < 7; step++) {
      bucket.put("checkpoint_step_" + step + ".pt");
    }
    PrefixComparison comparison = new PrefixComparison(Duration.ofMinutes(15));
    PrefixChange whole =
        comparison.compare(
            Bucket.PREFIX,
            CheckpointNames.of(null),
            RecordedPrefix.empty(),
            bucket.listing(),
            bucket.now());
    PrefixChange withGone =
        new PrefixChange(
            whole.appeared(), List.of("a", "b"), whole.completed(), List.of(), List.of());

    List<PrefixChange> parts = withGone.parts(size);

    assertThat(parts).hasSize((7 + size - 1) / size);
    assertThat(parts).allMatch(part -> part.completed().size() <= size);
    List<StoredObject> appeared = parts.stream().flatMap(p -> p.appeared().stream()).toList();
    assertThat(appeared).isEqualTo(whole.appeared());
    assertThat(parts.stream().flatMap(p -> p.completed().stream()).toList())
        .isEqualTo(whole.completed());
    assertThat(parts.stream().flatMap(p -> p.vanished().stream()).toList())
        .containsExactly("a", "b");
  }
}
