package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.monitor.progress.StepCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A running job that should report to W&amp;B does not, or no longer. It may well train. */
record WandbSilent(AlertRules rules) implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.WANDB_SILENT;
  }

  @Override
  public Verdict judge(Situation situation) {
    StepCourse steps = situation.steps();
    Optional<Instant> running = situation.runningSince();
    Instant readAt = situation.readAt();
    if (readAt == null || running.isEmpty()) {
      return new Verdict.Undecided();
    }
    Instant heartbeat = steps.heartbeatAt();
    // A trainer that ended its W&B run may still save its last checkpoint.
    if (steps.finished()) {
      return new Verdict.Well("The trainer closed its W&B run.");
    }
    boolean heardHere = heartbeat != null && heartbeat.isAfter(running.get());
    Instant since = heardHere ? heartbeat : running.get();
    Duration limit = heardHere ? rules.wandbSilentAfter() : rules.firstStepWithin();
    Duration silent = Duration.between(since, readAt);
    if (silent.compareTo(limit) <= 0) {
      return heardHere ? new Verdict.Well("W&B hears of the run.") : new Verdict.Undecided();
    }
    return new Verdict.Alarming(
        Severity.WARNING,
        heardHere || steps.appeared()
            ? "W&B has not heard of the running job for %s.".formatted(Evidence.words(silent))
            : "The job has run for %s, and W&B does not have it.".formatted(Evidence.words(silent)),
        "Look at the run's log: the machine may have no network, or WANDB_API_KEY may be missing.",
        new Evidence()
            .put("heartbeatAt", heartbeat)
            .put("runningSince", running.get())
            .seconds("silentSeconds", silent)
            .seconds("limitSeconds", limit)
            .put("wandbState", steps.wandbState())
            .toMap());
  }
}
