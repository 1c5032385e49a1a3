package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.monitor.progress.LossCourse;

/** The loss is NaN or infinite. */
record LossNotFinite() implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.LOSS_NOT_FINITE;
  }

  @Override
  public Verdict judge(Situation situation) {
    LossCourse loss = situation.loss();
    if (!loss.notFinite()) {
      return new Verdict.Well("The loss is a number again.");
    }
    Evidence evidence = new Evidence().put("step", loss.step());
    if (!loss.recent().isEmpty()) {
      evidence.put("lastLoss", loss.recent().getLast());
    }
    return new Verdict.Alarming(
        Severity.CRITICAL,
        "The loss is not a number any more.",
        "Cancel the run and start again from a checkpoint with a lower learning rate.",
        evidence.toMap());
  }
}
