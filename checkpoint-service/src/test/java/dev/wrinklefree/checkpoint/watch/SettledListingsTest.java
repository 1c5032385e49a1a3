package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.Settled;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettledListingsTest {

  private static final RunId RUN = new RunId("run-1");
  private static final RunId OTHER = new RunId("run-2");

  private final SettledListings memory = new SettledListings(10);

  @Test
  void aListingHoldsUntilAnotherIsRecorded() {
    memory.remember(RUN, 7, objects(3));

    assertThat(memory.of(RUN, 7)).isPresent();
    assertThat(memory.of(RUN, 8)).isEmpty();
    assertThat(memory.of(OTHER, 7)).isEmpty();
  }

  @Test
  void remembersNoMoreThanItMay() {
    memory.remember(RUN, 1, objects(6));
    memory.remember(OTHER, 1, objects(6));

    assertThat(memory.of(OTHER, 1)).isPresent();
    assertThat(memory.of(RUN, 1)).isEmpty();
  }

  @Test
  void aRunsNextListingTakesThePlaceOfItsLast() {
    memory.remember(RUN, 1, objects(6));
    memory.remember(RUN, 2, objects(6));
    memory.remember(OTHER, 1, objects(4));

    assertThat(memory.of(RUN, 2)).isPresent();
    assertThat(memory.of(OTHER, 1)).isPresent();
  }

  @Test
  void aListingThatIsTooLargeIsNotRemembered() {
    memory.remember(OTHER, 1, objects(4));
    memory.remember(RUN, 1, objects(11));

    assertThat(memory.of(RUN, 1)).isEmpty();
    assertThat(memory.of(OTHER, 1)).isPresent();
  }

  private static Settled objects(int count) {
    List<StoredObject> listing =
        IntStream.range(0, count)
            .mapToObj(i -> new StoredObject("p/" + i, i, 1, "yZRlqg==", Instant.EPOCH))
            .toList();
    PrefixChange none = new PrefixChange(List.of(), List.of(), List.of(), List.of(), List.of());
    return Settled.of("p/", CheckpointNames.of(null), listing, none).orElseThrow();
  }
}
