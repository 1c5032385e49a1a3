package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.EventRecord.RunNames;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.event.LaunchStateData;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.RunId;
import java.util.Objects;
import java.util.Optional;

/** A fact names its run in four places, and names the same. */
final class RunNameRule implements AuditRule {

  @Override
  public String code() {
    return "run-name";
  }

  @Override
  public String promise() {
    return "record key, subject, partition key and the data's runId are the same";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    EventData data = event.data();
    if (data == null || event.isRequest()) {
      return;
    }
    findings.checked();
    String run = event.runId().value();
    RunNames names = event.names();
    Optional<RunId> said = runIn(data);
    if (!Objects.equals(names.key(), run)
        || !Objects.equals(names.subject(), run)
        || !Objects.equals(names.partitionKey(), run)
        || said.filter(runId -> !runId.equals(event.runId())).isPresent()) {
      findings.add(
          Severity.WRONG,
          "run-name-differs",
          event.trace(),
          "Key %s, subject %s, partition key %s and runId %s must be the same."
              .formatted(
                  names.key(),
                  names.subject(),
                  names.partitionKey(),
                  said.map(RunId::value).orElse(null)));
    }
  }

  private static Optional<RunId> runIn(EventData data) {
    return switch (data) {
      case LaunchRequested ignored -> Optional.empty();
      case CancelRequested ignored -> Optional.empty();
      case LaunchStateData state -> Optional.of(state.runId());
      case JobStateChanged job -> Optional.of(job.runId());
      case TrainingProgressed progress -> Optional.of(progress.runId());
      case CheckpointWritten checkpoint -> Optional.of(checkpoint.runId());
      case CostUpdated cost -> Optional.of(cost.runId());
      case RunAlerted alert -> Optional.of(alert.runId());
    };
  }
}
