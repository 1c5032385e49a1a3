package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionStepTest {

  private static final Accepted ACCEPTED = new Accepted(1);
  private static final Submitting SENT = ACCEPTED.submitting(Instant.EPOCH);
  private static final Submitting ANSWERED = SENT.answered("r-1");

  @Test
  void anAcceptedRunIsSubmittedUnlessCancelledOrTooOld() {
    assertThat(SubmissionStep.next(ACCEPTED, false, false))
        .isEqualTo(new SubmissionStep.Submit(ACCEPTED));
    assertThat(SubmissionStep.next(ACCEPTED, false, true))
        .isEqualTo(new SubmissionStep.GiveUp(ACCEPTED));
    assertThat(SubmissionStep.next(ACCEPTED, true, true))
        .isEqualTo(new SubmissionStep.Cancel(ACCEPTED));
  }

  @Test
  void anUnknownOutcomeIsFoundOutWhateverElseIsWanted() {
    for (boolean cancelled : List.of(true, false)) {
      for (boolean tooOld : List.of(true, false)) {
        assertThat(SubmissionStep.next(SENT, cancelled, tooOld))
            .isEqualTo(new SubmissionStep.LookUp(SENT));
        assertThat(SubmissionStep.next(ANSWERED, cancelled, tooOld))
            .isEqualTo(new SubmissionStep.Await(ANSWERED, "r-1"));
      }
    }
  }

  @Test
  void nothingIsToDoAfterTheEnd() {
    for (RunState state :
        List.of(
            ANSWERED.submitted(7, Instant.EPOCH),
            ACCEPTED.cancelled(),
            ACCEPTED.failed("a", "b"),
            new RunState.Rejected(List.of()))) {
      assertThat(SubmissionStep.next(state, true, true)).isEqualTo(new SubmissionStep.Nothing());
    }
  }
}
