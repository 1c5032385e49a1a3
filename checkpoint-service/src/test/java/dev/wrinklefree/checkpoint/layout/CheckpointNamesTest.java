package dev.wrinklefree.checkpoint.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointNamesTest {

  private static final String PREFIX = "fairy2/smollm2_135m/my-run/";

  private static final CheckpointNames NAMES = CheckpointNames.of(null);

  @ParameterizedTest
  @CsvSource({
    "checkpoint_step_1000.pt,                checkpoint_step_1000.pt,    STEP,  1000, SINGLE_FILE",
    "checkpoint_step_0.pt,                   checkpoint_step_0.pt,       STEP,  0,    SINGLE_FILE",
    "checkpoint_step_000123.pt,              checkpoint_step_000123.pt,  STEP,  123,  SINGLE_FILE",
    "final_checkpoint.pt,                    final_checkpoint.pt,        FINAL, ,     SINGLE_FILE",
    "checkpoint-2000/model.pt,               checkpoint-2000/,           STEP,  2000, DIRECTORY",
    "checkpoint-2000/training_state.pt,      checkpoint-2000/,           STEP,  2000, DIRECTORY",
    "checkpoint-final/model.pt,              checkpoint-final/,          FINAL, ,     DIRECTORY",
    "checkpoint-final/training_state.pt,     checkpoint-final/,          FINAL, ,     DIRECTORY",
    "outputs/w1/checkpoint_step_5.pt,        outputs/w1/checkpoint_step_5.pt, STEP, 5, SINGLE_FILE",
    "outputs/w1/checkpoint-5/model.pt,       outputs/w1/checkpoint-5/,   STEP,  5,    DIRECTORY",
    "checkpoint-final/checkpoint_step_5.pt,  checkpoint-final/checkpoint_step_5.pt, STEP, 5, SINGLE_FILE",
    "checkpoint_step_999999999999999999.pt,  checkpoint_step_999999999999999999.pt, STEP,"
        + " 999999999999999999, SINGLE_FILE",
  })
  void readsBothLayouts(String object, String slot, Kind kind, Long step, Layout layout) {
    CheckpointSlot read = NAMES.slotOf(PREFIX, PREFIX + object).orElseThrow();

    assertThat(read.name()).isEqualTo(PREFIX + slot);
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.step()).isEqualTo(step);
    assertThat(read.layout()).isEqualTo(layout);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "config.yaml",
        "model.pt",
        "training_state.pt",
        "checkpoint-2000",
        "checkpoint-2000/",
        "checkpoint-2000/optimizer.pt",
        "checkpoint-2000/model.pt/x",
        "checkpoint-2000/nested/model.pt",
        "checkpoint-/model.pt",
        "checkpoint-x/model.pt",
        "checkpoint--1/model.pt",
        "Checkpoint-2000/model.pt",
        "xcheckpoint-2000/model.pt",
        "checkpoint-final-old/model.pt",
        "checkpoint_step_.pt",
        "checkpoint_step_10.pth",
        "checkpoint_step_10.pt.bak",
        "my_checkpoint_step_10.pt",
        "checkpoint_step_+10.pt",
        "checkpoint_step_٣.pt",
        "checkpoint_step_1000000000000000000.pt",
        "final_checkpoint.pt2",
      })
  void leavesOtherNamesAlone(String object) {
    assertThat(NAMES.slotOf(PREFIX, PREFIX + object)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoint_step_1000.pt.part",
        "checkpoint_step_1000.pt.tmp",
        "checkpoint_step_1000.pt.partial",
        "checkpoint_step_1000.pt_.gstmp",
        "checkpoint_step_1000.pt-3f2a;9c1;0.part",
        ".gcsfuse_tmp/checkpoint_step_1000.pt",
        "gcloud/tmp/parallel_composite_uploads/see_gcloud_storage_cp_help_for_details/checkpoint-1/model.pt",
        "x1/gsutil/tmp/parallel_composite_uploads/for_details_see/gsutil_help_cp/checkpoint_step_1.pt",
        "tmp-checkpoint-1000/checkpoint-1000/model.pt",
        "checkpoint-1000.orbax-checkpoint-tmp-17/checkpoint-1000/model.pt",
      })
  void ignoresWhatUploadersNameForATime(String object) {
    assertThat(NAMES.slotOf(PREFIX, PREFIX + object)).isEmpty();
  }

  @Test
  void leavesTheObjectsOfOtherRunsAlone() {
    assertThat(NAMES.slotOf(PREFIX, "fairy2/smollm2_135m/my-run-2/final_checkpoint.pt")).isEmpty();
  }

  @Test
  void doesNotTakeTheRunsOwnPrefixForACheckpoint() {
    assertThat(NAMES.slotOf("fairy2/checkpoint-7/", "fairy2/checkpoint-7/model.pt")).isEmpty();
  }

  @Test
  void aTemporaryLookingPrefixDoesNotHideARunsCheckpoints() {
    assertThat(NAMES.slotOf("tmp-checkpoint-1/run/", "tmp-checkpoint-1/run/final_checkpoint.pt"))
        .isPresent();
  }
}
