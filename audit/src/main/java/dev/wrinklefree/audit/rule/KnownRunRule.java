package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.HashSet;
import java.util.Set;

/** What is observed is observed of runs that were accepted. */
final class KnownRunRule implements AuditRule {

  private final AuditScope scope;
  private final Set<RunId> accepted = new HashSet<>();

  KnownRunRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "known-run";
  }

  @Override
  public String promise() {
    return "every job state, progress, checkpoint, cost and alert is of a run that was accepted";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (event.attributes().type() == EventType.LAUNCH_ACCEPTED) {
      accepted.add(event.runId());
    } else if (isObserved(event.topic())) {
      findings.checked();
      if (accepted.contains(event.runId())) {
        return;
      }
      if (scope.retention().isTruncated(Topic.LAUNCH_STATE)) {
        findings.unjudged();
      } else {
        findings.add(Severity.WRONG, "unknown-run", event.trace(), "The run was never accepted.");
      }
    }
  }

  private static boolean isObserved(Topic topic) {
    return switch (topic) {
      case LAUNCH_REQUESTED, CANCEL_REQUESTED, LAUNCH_STATE -> false;
      case JOB_STATE, TRAINING_PROGRESS, CHECKPOINT_WRITTEN, RUNNING_COST, RUN_ALERT -> true;
    };
  }
}
