package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.launch.run.Cancellation;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the REST interface shows it. A rejected one has only what is known of it.
 *
 * @param ownerAuthenticated whether the owner was authenticated, and so may cancel the run; if not,
 *     it is what the request claims
 * @param status accepted, submitting, submitted, failed, rejected or cancelled
 * @param cancelRequestedAt when its cancel was asked for; absent if it was not
 * @param failure why no job came of it
 * @param violations why it was rejected
 * @param answeredAt when it was accepted or rejected
 * @param resumedFrom {@code gs://} URI of the checkpoint that training goes on from
 */
public record LaunchView(
    String runId,
    @Nullable String name,
    @Nullable String template,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String scale,
    @Nullable Accelerators accelerators,
    @Nullable List<CloudCandidate> clouds,
    @Nullable Boolean spot,
    @Nullable List<String> overrides,
    @Nullable String bucket,
    @Nullable String checkpointPrefix,
    @Nullable WandbRun wandb,
    @Nullable Budget budget,
    @Nullable Map<String, String> labels,
    @Nullable String owner,
    boolean ownerAuthenticated,
    String status,
    @Nullable Instant cancelRequestedAt,
    @Nullable Long skypilotJobId,
    @Nullable Failure failure,
    @Nullable List<Violation> violations,
    Instant requestedAt,
    Instant answeredAt,
    @Nullable Instant submittedAt,
    @Nullable Map<String, String> parameters,
    @Nullable String resumedFrom) {

  /** Why no job came of a run. */
  public record Failure(String code, String message) {}

  static LaunchView of(Run run, boolean owned, @Nullable Cancellation cancellation) {
    LaunchAccepted accepted = run.accepted();
    RunState.Submitted job = job(run.state());
    return new LaunchView(
        run.runId().value(),
        accepted == null ? null : accepted.name(),
        accepted == null ? null : accepted.template(),
        accepted == null ? null : accepted.model(),
        accepted == null ? null : accepted.mode(),
        accepted == null ? null : accepted.scale(),
        accepted == null ? null : accepted.accelerators(),
        accepted == null ? null : accepted.clouds(),
        accepted == null ? null : accepted.spot(),
        accepted == null ? null : accepted.overrides(),
        accepted == null ? null : accepted.bucket(),
        accepted == null ? null : accepted.checkpointPrefix(),
        accepted == null ? null : accepted.wandb(),
        accepted == null ? null : accepted.budget(),
        accepted == null ? null : accepted.labels(),
        accepted == null ? null : accepted.owner(),
        owned,
        run.state().word(),
        cancellation == null ? null : cancellation.requestedAt(),
        job == null ? null : job.jobId(),
        run.state() instanceof RunState.Failed failed
            ? new Failure(failed.code(), failed.message())
            : null,
        run.state() instanceof RunState.Rejected rejected ? rejected.violations() : null,
        run.origin().at(),
        run.answeredAt(),
        job == null ? null : job.at(),
        accepted == null ? null : accepted.parameters(),
        accepted == null ? null : accepted.resumedFrom());
  }

  private static RunState.@Nullable Submitted job(RunState state) {
    return switch (state) {
      case RunState.Submitted submitted -> submitted;
      case RunState.Cancelled cancelled -> cancelled.job();
      case RunState.Accepted ignored -> null;
      case RunState.Submitting ignored -> null;
      case RunState.Failed ignored -> null;
      case RunState.Rejected ignored -> null;
    };
  }
}
