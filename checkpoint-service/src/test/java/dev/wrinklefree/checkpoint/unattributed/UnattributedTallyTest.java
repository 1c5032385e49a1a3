package dev.wrinklefree.checkpoint.unattributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnattributedTallyTest {

  private final UnattributedTally tally =
      new UnattributedTally(Set.of("fairy2/m/run-1/", "fairy2/m/run-1/nested/"), 2);

  @Test
  void leavesOutWhatLiesInARunsPrefix() {
    accept("fairy2/m/run-1/final_checkpoint.pt", 1);
    accept("fairy2/m/run-1/nested/x", 1);
    accept("fairy2/m/run-1/other/checkpoint-1/model.pt", 1);

    assertThat(tally.objects()).isZero();
  }

  @Test
  void keepsRunsWithLikeNamesApart() {
    accept("fairy2/m/run-10/final_checkpoint.pt", 5);
    accept("fairy2/m/run-1", 7);

    assertThat(tally.kept())
        .extracting(StoredObject::name)
        .containsExactly("fairy2/m/run-10/final_checkpoint.pt", "fairy2/m/run-1");
    assertThat(tally.bytes()).isEqualTo(12);
  }

  @Test
  void leavesOutPlaceholdersOfDirectories() {
    accept("fairy2/", 0);
    accept("fairy2/m/", 0);
    accept("fairy2/empty", 0);

    assertThat(tally.kept()).extracting(StoredObject::name).containsExactly("fairy2/empty");
  }

  @Test
  void countsBeyondWhatItKeeps() {
    for (int i = 0; i < 5; i++) {
      accept("fairy2/stray-" + i, 10);
    }

    assertThat(tally.objects()).isEqualTo(5);
    assertThat(tally.bytes()).isEqualTo(50);
    assertThat(tally.kept()).hasSize(2);
  }

  private void accept(String name, long size) {
    tally.accept(new StoredObject(name, 1, size, "AAAAAA==", Instant.EPOCH));
  }
}
