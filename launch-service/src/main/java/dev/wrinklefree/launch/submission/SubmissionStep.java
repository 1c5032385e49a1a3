package dev.wrinklefree.launch.submission;

import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Submitting;

/** What is to be done next to get a run submitted. */
sealed interface SubmissionStep {

  /** Nothing: it is submitted or has ended. */
  record Nothing() implements SubmissionStep {}

  /** Send the launch request. */
  record Submit(Accepted state) implements SubmissionStep {}

  /** Do not send it: a cancel came first. */
  record Cancel(Accepted state) implements SubmissionStep {}

  /** Do not try again: it took too long. */
  record GiveUp(Accepted state) implements SubmissionStep {}

  /** Wait for the result of the request that SkyPilot took. */
  record Await(Submitting state, String requestId) implements SubmissionStep {}

  /** Find out whether the request came through. */
  record LookUp(Submitting state) implements SubmissionStep {}

  /** The next step of a run in that state. */
  static SubmissionStep next(RunState state, boolean cancelRequested, boolean tooOld) {
    return switch (state) {
      case Accepted accepted ->
          cancelRequested
              ? new Cancel(accepted)
              : tooOld ? new GiveUp(accepted) : new Submit(accepted);
      case Submitting submitting ->
          submitting.requestId() == null
              ? new LookUp(submitting)
              : new Await(submitting, submitting.requestId());
      case RunState.Submitted ignored -> new Nothing();
      case RunState.Ended ignored -> new Nothing();
    };
  }
}
