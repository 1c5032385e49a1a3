package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A job that was submitted is watched. */
final class FollowedRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, Trace> submitted = new LinkedHashMap<>();
  private final Set<RunId> told = new HashSet<>();

  FollowedRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "followed";
  }

  @Override
  public String promise() {
    return "every submitted run has a job state";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    EventType type = event.attributes().type();
    if (type == EventType.LAUNCH_SUBMITTED) {
      submitted.putIfAbsent(event.runId(), event.trace());
    } else if (type == EventType.JOB_STATE_CHANGED) {
      told.add(event.runId());
    }
  }

  @Override
  public void finish(Findings findings) {
    submitted.forEach(
        (runId, event) -> {
          findings.checked();
          if (told.contains(runId)) {
            return;
          }
          if (scope.isYoung(event.storedAt())) {
            findings.add(Severity.PENDING, "job-state-missing", event, "The job has no state yet.");
          } else if (scope.retention().mayHaveDeleted(Topic.JOB_STATE, event.storedAt())) {
            findings.unjudged();
          } else {
            findings.add(
                Severity.LOST,
                "job-state-missing",
                event,
                "The job was submitted and none of its states is told.");
          }
        });
  }
}
