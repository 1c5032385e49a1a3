package dev.wrinklefree.launch.intake;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.plan.LaunchPlan;
import dev.wrinklefree.launch.resume.Likeness;
import dev.wrinklefree.launch.resume.RunLikeness;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.intake.ReceivedEvent;
import java.time.Instant;
import java.util.Optional;

/** A launch that is accepted, and not recorded yet. */
record Acceptance(ReceivedEvent received, LaunchAttempt attempt, LaunchPlan plan) {

  RunId runId() {
    return attempt.runId();
  }

  /** The answer. */
  OutboundEvent event(Instant now) {
    return OutboundEvent.causedBy(
        received.event().attributes(), runId(), plan.accepted(), now, now);
  }

  /** What a later run must be like to go on from this one's checkpoints; empty if it has none. */
  Optional<RunLikeness> likeness() {
    LaunchAccepted accepted = plan.accepted();
    return accepted.checkpoints() == null
        ? Optional.empty()
        : Optional.of(
            new RunLikeness(
                runId(),
                Likeness.of(
                    accepted.template(),
                    accepted.model(),
                    accepted.mode(),
                    accepted.parameters())));
  }
}
