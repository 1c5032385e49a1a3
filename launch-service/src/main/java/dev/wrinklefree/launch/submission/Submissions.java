package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Failed;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of submissions. Each method is one transaction. A step is recorded only if the run is
 * still as the worker saw it; the methods say whether it was. What ends a submission also sets off
 * what has to follow it: the run's cancel if one was asked for, and the watch for stray jobs.
 */
interface Submissions {

  /** A run to be submitted, and whether that is still wanted. */
  record Subject(Run run, boolean cancelRequested) {}

  /** What came of asking to begin a submit. */
  sealed interface Beginning {

    /** It is recorded: the request may be sent. */
    record Begun() implements Beginning {}

    /** The run is no longer as it was. */
    record Overtaken() implements Beginning {}

    /**
     * Too many are under way.
     *
     * @param waitingBefore runs that wait and were accepted earlier, counted up to {@link
     *     SubmissionRules#longestLine}
     */
    record NoRoom(long waitingBefore) implements Beginning {}
  }

  /**
   * Whether a run has to wait on: it was accepted, may still be submitted, nobody cancelled it, and
   * as many submits are under way as may be. This locks nothing and is cheap: in a burst of
   * launches nearly every look of nearly every run ends with it. What it finds is judged again by
   * {@link #begin}.
   *
   * @param acceptedAfter a run that was accepted before that is not held back
   */
  Optional<Beginning.NoRoom> waiting(RunId runId, Instant acceptedAfter);

  /** How things stand for runs that are being accepted. */
  Line line();

  /**
   * What is before a new run.
   *
   * @param underWay submits under way
   * @param waiting runs that wait, counted up to {@link SubmissionRules#longestLine}
   */
  record Line(long underWay, long waiting) {}

  /** The run as it is now. */
  Subject load(RunId runId);

  /** Begins a submit if the throttle, which all replicas share, has room for it. */
  Beginning begin(Run run, Accepted expected, Submitting next);

  /** Changes the state, which no event tells. */
  boolean changed(Run run, RunState expected, RunState next, int failures);

  /** The run has its job. */
  boolean submitted(Run run, Submitting expected, Submitted next);

  /** No job comes of it. */
  boolean failed(Run run, RunState expected, Failed next);

  /** No job comes of it, since a cancel came first. */
  boolean cancelled(Run run, Accepted expected);

  /** Somebody else ended it: a job of an earlier submit may still show. */
  void endedElsewhere(RunId runId);
}
