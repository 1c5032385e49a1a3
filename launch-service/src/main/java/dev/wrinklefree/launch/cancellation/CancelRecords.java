package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Submitted;
import java.time.Instant;
import java.util.Optional;

/** What is recorded of runs whose jobs may have to end. Each method is one transaction. */
interface CancelRecords {

  /** Where a run is, and whether its cancel was asked for. */
  record Subject(RunState state, boolean cancelRequested) {}

  /** The run as it is now, if there is one. */
  Optional<Subject> load(RunId runId);

  /** Notes that the queue knows the job of a cancelled run. */
  void jobKnown(RunId runId);

  /**
   * Notes that the queue does not know the job of a cancelled run.
   *
   * @return since when this is so
   */
  Instant jobUnknown(RunId runId, Instant now);

  /** Records that the queue says the job is cancelled. */
  void cancelled(RunId runId, Submitted job);
}
