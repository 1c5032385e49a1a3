package dev.wrinklefree.checkpoint.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CheckpointLayout.Pattern;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts that a run's launch tells of. */
class LayoutNamesTest {

  private static final String PREFIX = "runs/my-run/";

  private static final List<String> DLM =
      List.of(
          "model.safetensors",
          "config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "trainer_state.pt");

  private final CheckpointNames names =
      names(
          new Pattern("final/", DLM, true),
          new Pattern("checkpoint-step-{step}/", DLM, false),
          new Pattern("checkpoints/final/checkpoint.pt", List.of(), true),
          new Pattern("checkpoints/step_{step}/checkpoint.pt", List.of(), false),
          new Pattern("best/", List.of("weights/model.pt", "model.pt"), false),
          new Pattern("v2_{step}0.bin", List.of(), false),
          new Pattern("{step}", List.of(), false));

  @ParameterizedTest
  @CsvSource({
    "checkpoint-step-200/config.json,        checkpoint-step-200/,  STEP,  200,    DIRECTORY",
    "checkpoint-step-200/trainer_state.pt,   checkpoint-step-200/,  STEP,  200,    DIRECTORY",
    "out/checkpoint-step-200/config.json,    out/checkpoint-step-200/, STEP, 200,  DIRECTORY",
    "final/model.safetensors,                final/,                FINAL, ,       DIRECTORY",
    "checkpoints/step_000123/checkpoint.pt,  checkpoints/step_000123/checkpoint.pt, STEP, 123,"
        + " SINGLE_FILE",
    "a/b/checkpoints/step_7/checkpoint.pt,   a/b/checkpoints/step_7/checkpoint.pt, STEP, 7,"
        + " SINGLE_FILE",
    "checkpoints/final/checkpoint.pt,        checkpoints/final/checkpoint.pt, FINAL, ,"
        + " SINGLE_FILE",
    "best/weights/model.pt,                  best/,                 STEP,  ,       DIRECTORY",
    "best/model.pt,                          best/,                 STEP,  ,       DIRECTORY",
    "v2_120.bin,                             v2_120.bin,            STEP,  12,     SINGLE_FILE",
    "00042,                                  00042,                 STEP,  42,     SINGLE_FILE",
    "0000000000000000000000000000012,        0000000000000000000000000000012, STEP, 12,"
        + " SINGLE_FILE",
    "000,                                    000,                   STEP,  0,      SINGLE_FILE",
  })
  void readsWhatTheLayoutTells(String object, String slot, Kind kind, Long step, Layout layout) {
    CheckpointSlot read = names.slotOf(PREFIX, PREFIX + object).orElseThrow();

    assertThat(read.name()).isEqualTo(PREFIX + slot);
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.step()).isEqualTo(step);
    assertThat(read.layout()).isEqualTo(layout);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoint-step-200/optimizer.pt",
        "checkpoint-step-/config.json",
        "checkpoint-step-x/config.json",
        "xcheckpoint-step-2/config.json",
        "checkpoint-step-200/sub/config.json",
        "checkpoint-step-200/xconfig.json",
        "checkpoints/step_1000000000000000000/checkpoint.pt",
        "checkpoints/step_7/checkpoint.pt.part",
        "checkpoints/step_-7/checkpoint.pt",
        "checkpoints/step_7/x/checkpoint.pt",
        "v2_0.bin",
        "v2_.bin",
        "12x",
        "checkpoint_step_1000.pt",
        "checkpoint-final/model.pt",
        "",
      })
  void leavesOtherNamesAlone(String object) {
    assertThat(names.slotOf(PREFIX, PREFIX + object)).isEmpty();
  }

  @Test
  void aDirectoryIsCompleteWithAllItsMembers() {
    CheckpointSlot slot =
        names.slotOf(PREFIX, PREFIX + "checkpoint-step-10/config.json").orElseThrow();

    assertThat(slot.memberNames())
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(
            DLM.stream().map(member -> PREFIX + "checkpoint-step-10/" + member).toList());
  }

  @Test
  void theFirstPatternThatFitsCounts() {
    CheckpointNames two =
        names(
            new Pattern("final_{step}.pt", List.of(), true),
            new Pattern("final_{step}.pt", List.of(), false));

    assertThat(two.slotOf(PREFIX, PREFIX + "final_5.pt"))
        .contains(new CheckpointSlot(PREFIX + "final_5.pt", Kind.FINAL, 5L, List.of()));
  }

  @Test
  void digitsOfTheLayoutAreNotTheStep() {
    assertThat(
            names(new Pattern("1{step}.pt", List.of(), false))
                .slotOf(PREFIX, PREFIX + "123.pt")
                .orElseThrow()
                .step())
        .isEqualTo(23);
  }

  @Test
  void withoutPatternsNothingIsACheckpoint() {
    assertThat(names().slotOf(PREFIX, PREFIX + "final_checkpoint.pt")).isEmpty();
  }

  @Test
  void refusesWhatWouldMakeEveryListingDear() {
    Pattern pattern = new Pattern("a_{step}", List.of(), false);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CheckpointNames.of(new CheckpointLayout(Collections.nCopies(33, pattern))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names(new Pattern("a/", Collections.nCopies(65, "m"), false)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names(new Pattern("a/", List.of(""), false)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names(new Pattern("a".repeat(1025), List.of(), false)));
  }

  private static CheckpointNames names(Pattern... patterns) {
    return CheckpointNames.of(new CheckpointLayout(List.of(patterns)));
  }
}
