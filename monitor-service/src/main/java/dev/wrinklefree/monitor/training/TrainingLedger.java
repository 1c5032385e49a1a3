package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.progress.Look;
import java.util.List;

/** What is recorded of the runs' training, durable and shared by all replicas. */
public interface TrainingLedger {

  /** The runs to look at: those that have not ended, and those whose last figures may yet come. */
  List<TrainingRecord> watched();

  /**
   * Plans on what is recorded at that moment, and records and tells what follows: all of it or
   * nothing. A concurrent call for the same run waits.
   *
   * @return what was done
   */
  TrainingPlan settle(RunId runId, Look look);
}
