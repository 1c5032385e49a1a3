package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides which alerts begin and which are over. Pure. */
public final class AlertPlanner {
  private static final String NOTHING_TO_DO = "Nothing is to be done.";

  private final List<Detector> detectors;

  /** A planner by those rules. */
  public AlertPlanner(AlertRules rules) {
    this.detectors =
        List.of(
            new NoProgress(rules),
            new StuckStarting(rules),
            new RecoveringTooOften(rules),
            new WandbSilent(rules),
            new LossNotFinite(),
            new LossDiverged(rules),
            new GpusIdle());
  }

  /**
   * What is to be told of a run that has not ended.
   *
   * @param open what was raised and not cleared, as it was raised
   */
  public List<RunAlerted> plan(Situation situation, Map<AlertCode, RunAlerted> open) {
    List<RunAlerted> changes = new ArrayList<>();
    for (Detector detector : detectors) {
      RunAlerted raised = open.get(detector.code());
      switch (detector.judge(situation)) {
        case Verdict.Alarming alarming when raised == null ->
            changes.add(raised(situation.runId(), detector.code(), alarming));
        case Verdict.Well well when raised != null -> changes.add(cleared(raised, well.message()));
        case Verdict.Alarming ignored -> {}
        case Verdict.Well ignored -> {}
        case Verdict.Undecided ignored -> {}
      }
    }
    return changes;
  }

  /**
   * What is to be told of a run that has ended: all is over.
   *
   * @param open what was raised and not cleared, as it was raised
   */
  public List<RunAlerted> planEnd(Map<AlertCode, RunAlerted> open) {
    return open.values().stream().map(raised -> cleared(raised, "The run has ended.")).toList();
  }

  private static RunAlerted raised(RunId runId, AlertCode code, Verdict.Alarming alarming) {
    return new RunAlerted(
        runId,
        code.word(),
        Status.RAISED,
        alarming.severity(),
        alarming.message(),
        alarming.suggestion(),
        alarming.evidence());
  }

  private static RunAlerted cleared(RunAlerted raised, String message) {
    return new RunAlerted(
        raised.runId(),
        raised.code(),
        Status.CLEARED,
        raised.severity(),
        message,
        NOTHING_TO_DO,
        raised.evidence());
  }
}
