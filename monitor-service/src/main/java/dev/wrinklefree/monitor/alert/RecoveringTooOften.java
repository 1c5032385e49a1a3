package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import java.time.Instant;

/** The run's machines are lost again and again. */
record RecoveringTooOften(AlertRules rules) implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.RECOVERING_TOO_OFTEN;
  }

  @Override
  public Verdict judge(Situation situation) {
    Instant from = situation.now().minus(rules.recoveryWindow());
    long recent = situation.job().recoveredAt().stream().filter(at -> at.isAfter(from)).count();
    if (recent < rules.recoveries()) {
      return new Verdict.Well("The machines are lost less often again.");
    }
    return new Verdict.Alarming(
        Severity.WARNING,
        "The run lost its machines %d times within %s."
            .formatted(recent, Evidence.words(rules.recoveryWindow())),
        "Take on-demand machines or another cloud, or save checkpoints more often.",
        new Evidence()
            .put("recoveriesInWindow", recent)
            .seconds("windowSeconds", rules.recoveryWindow())
            .put("recoveries", situation.job().recoveries())
            .put("attempt", situation.job().attempt())
            .toMap());
  }
}
