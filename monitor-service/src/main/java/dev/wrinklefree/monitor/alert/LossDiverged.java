package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.monitor.progress.LossCourse;
import java.util.Optional;

/**
 * The loss rises far out of its own range. Levels are medians of some values and the noise is
 * measured from neighbour to neighbour, so neither a spike nor a trend downwards counts. Cleared
 * when less than half of what it takes to raise is left.
 */
record LossDiverged(AlertRules rules) implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.LOSS_DIVERGED;
  }

  @Override
  public Verdict judge(Situation situation) {
    Optional<LossCourse.Rise> measured = situation.loss().rise();
    if (measured.isEmpty()) {
      return new Verdict.Undecided();
    }
    LossCourse.Rise rise = measured.get();
    double limit =
        Math.max(rules.lossRise() * Math.abs(rise.floor()), rules.lossNoise() * rise.noise());
    double risen = rise.level() - rise.floor();
    if (risen < limit / 2) {
      return new Verdict.Well("The loss is back in its range.");
    }
    if (risen <= limit) {
      return new Verdict.Undecided();
    }
    return new Verdict.Alarming(
        Severity.WARNING,
        "The loss rose from %s to %s."
            .formatted(Evidence.number(rise.floor()), Evidence.number(rise.level())),
        "Compare with other runs; cancel it and lower the learning rate if it does not come back.",
        new Evidence()
            .put("lowestLevel", rise.floor())
            .put("level", rise.level())
            .put("noise", rise.noise())
            .put("limit", limit)
            .put("step", situation.loss().step())
            .toMap());
  }
}
