package dev.wrinklefree.sandbox.demo;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line for people about what an event says. */
final class EventLine {

  private EventLine() {}

  static String of(EventData data) {
    return switch (data) {
      case LaunchRequested requested -> "requested: " + requested.model();
      case CancelRequested requested -> "cancel requested";
      case LaunchAccepted accepted -> accepted(accepted);
      case LaunchRejected rejected -> "rejected: " + rejected.violations();
      case LaunchSubmitted submitted -> "submitted: SkyPilot job " + submitted.skypilotJobId();
      case LaunchFailed failed -> "failed: " + failed.message();
      case JobStateChanged changed -> state(changed);
      case TrainingProgressed progressed -> progress(progressed);
      case CheckpointWritten written -> checkpoint(written);
      case CostUpdated cost -> cost(cost);
      case RunAlerted alerted ->
          "%s %s: %s".formatted(alerted.code(), alerted.status().word(), alerted.message());
    };
  }

  private static String accepted(LaunchAccepted accepted) {
    Accelerators accelerators = accepted.accelerators();
    return "accepted: %s on %s, checkpoints in gs://%s/%s"
        .formatted(
            Stream.of(accepted.model(), accepted.mode())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" ")),
            accelerators == null ? "a machine of its own" : accelerators.notation(),
            accepted.bucket(),
            accepted.checkpointPrefix());
  }

  /**
   * An amount in full cents and no less than four decimals, so that a minute's cost can be seen.
   */
  static String money(@Nullable Money money) {
    return money == null
        ? "unknown"
        : money.amount().setScale(4, RoundingMode.HALF_UP) + " " + money.currency();
  }

  private static String state(JobStateChanged changed) {
    String place = changed.placement() == null ? "" : " on " + place(changed.placement());
    String reason = changed.reason() == null ? "" : " (" + changed.reason().code() + ")";
    return changed.state() + place + ", attempt " + changed.attempt() + reason;
  }

  private static String place(Placement placement) {
    Accelerators accelerators = placement.accelerators();
    return Stream.of(
            placement.cloud(),
            placement.region(),
            accelerators == null ? null : accelerators.notation(),
            placement.spot() ? "spot" : "on demand")
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private static String progress(TrainingProgressed progressed) {
    if (progressed.step() == null) {
      return "nothing logged yet";
    }
    String loss =
        progressed.loss() == null
            ? ""
            : String.format(Locale.ROOT, ", loss %.4f", progressed.loss());
    return "step " + progressed.step() + loss;
  }

  private static String checkpoint(CheckpointWritten written) {
    String which =
        written.kind() == CheckpointWritten.Kind.FINAL ? "final" : "step " + written.step();
    return "%s: %s, %d bytes, revision %d"
        .formatted(which, written.uri(), written.totalBytes(), written.revision());
  }

  private static String cost(CostUpdated cost) {
    String rate = cost.perHour() == null ? "" : ", " + money(cost.perHour()) + " per hour";
    String risk = cost.atRisk() == null ? "" : ", " + money(cost.atRisk()) + " at risk";
    return "spent %s%s%s%s"
        .formatted(money(cost.spent()), rate, risk, cost.ended() ? ", final" : "");
  }
}
