package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import java.time.Duration;
import java.time.Instant;

/** The run has waited for machines for too long, its first ones or others. */
record StuckStarting(AlertRules rules) implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.STUCK_STARTING;
  }

  @Override
  public Verdict judge(Situation situation) {
    JobState state = situation.job().state();
    Instant since = situation.job().waitingSince();
    if (state == JobState.UNKNOWN) {
      return new Verdict.Undecided();
    }
    if (since == null) {
      return new Verdict.Well("The run has its machines.");
    }
    Duration waited = Duration.between(since, situation.now());
    if (waited.compareTo(rules.stuckStartingAfter()) <= 0) {
      return new Verdict.Undecided();
    }
    return new Verdict.Alarming(
        Severity.WARNING,
        state == null
            ? "The run has had no job for %s.".formatted(Evidence.words(waited))
            : "The run has waited for machines for %s.".formatted(Evidence.words(waited)),
        state == null
            ? "Look at launch-service: its submits to SkyPilot do not get through."
            : "See whether its clouds have such machines; try other clouds, fewer GPUs or on-demand.",
        new Evidence()
            .put("waitingSince", since)
            .seconds("waitedSeconds", waited)
            .seconds("limitSeconds", rules.stuckStartingAfter())
            .put("state", state)
            .toMap());
  }
}
