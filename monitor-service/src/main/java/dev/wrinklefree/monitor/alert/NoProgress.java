package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.monitor.progress.StepCourse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The job runs and W&amp;B hears of it, but the step stands still. Where W&amp;B hears nothing the
 * step is not known, which is {@link WandbSilent}'s affair.
 */
record NoProgress(AlertRules rules) implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.NO_PROGRESS;
  }

  @Override
  public Verdict judge(Situation situation) {
    StepCourse steps = situation.steps();
    Optional<Instant> running = situation.runningSince();
    Instant readAt = situation.readAt();
    if (readAt == null || running.isEmpty() || steps.finished() || !isHeard(steps, readAt)) {
      return new Verdict.Undecided();
    }
    Instant since = steps.movedAt() == null ? running.get() : steps.movedAt();
    Duration still = Duration.between(since, readAt);
    Duration limit = limit(steps);
    if (still.compareTo(limit) <= 0) {
      return steps.movedAt() == null
          ? new Verdict.Undecided()
          : new Verdict.Well("The step advances again.");
    }
    Evidence evidence =
        new Evidence()
            .put("stillSince", since)
            .seconds("stillSeconds", still)
            .seconds("limitSeconds", limit)
            .put("heartbeatAt", steps.heartbeatAt())
            .put("step", steps.step());
    steps.cadence().ifPresent(cadence -> evidence.seconds("usualSeconds", cadence));
    return new Verdict.Alarming(
        Severity.CRITICAL,
        steps.movedAt() == null
            ? "The job has run for %s without a step.".formatted(Evidence.words(still))
            : "The step has not moved for %s.".formatted(Evidence.words(still)),
        "Look at the run's log; cancel it if it hangs, its machines are being paid for.",
        evidence.toMap());
  }

  private boolean isHeard(StepCourse steps, Instant readAt) {
    Instant heartbeat = steps.heartbeatAt();
    return heartbeat != null && !readAt.isAfter(heartbeat.plus(rules.wandbSilentAfter()));
  }

  private Duration limit(StepCourse steps) {
    Duration learned =
        steps
            .cadence()
            .map(
                usual -> Duration.ofMillis(Math.round(usual.toMillis() * rules.noProgressFactor())))
            .orElse(rules.firstStepWithin());
    Duration patience = steps.movedAt() == null ? rules.firstStepWithin() : learned;
    return patience.compareTo(rules.noProgressAtLeast()) < 0 ? rules.noProgressAtLeast() : patience;
  }
}
