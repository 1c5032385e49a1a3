package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A cancel always wins in the end. */
final class CancelRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, Trace> cancels = new LinkedHashMap<>();
  private final Set<RunId> accepted = new HashSet<>();
  private final Set<RunId> failed = new HashSet<>();
  private final Map<RunId, JobState> states = new HashMap<>();

  CancelRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "cancel";
  }

  @Override
  public String promise() {
    return "every run that was to be cancelled has ended";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    EventType type = event.attributes().type();
    if (type == EventType.CANCEL_REQUESTED) {
      cancels.putIfAbsent(event.runId(), event.trace());
    } else if (type == EventType.LAUNCH_ACCEPTED) {
      accepted.add(event.runId());
    } else if (type == EventType.LAUNCH_FAILED) {
      failed.add(event.runId());
    } else if (event.data() instanceof JobStateChanged job && sighting != Sighting.REPEAT) {
      states.put(event.runId(), job.state());
    }
  }

  @Override
  public void finish(Findings findings) {
    cancels.forEach(
        (runId, request) -> {
          if (!accepted.contains(runId)) {
            return;
          }
          findings.checked();
          JobState state = states.get(runId);
          if (failed.contains(runId) || (state != null && state.isTerminal())) {
            return;
          }
          if (scope.isYoung(request.storedAt())) {
            findings.add(
                Severity.PENDING, "cancel-without-end", request, "The run has not ended yet.");
          } else if (scope.retention().mayHaveDeleted(Topic.JOB_STATE, request.storedAt())) {
            findings.unjudged();
          } else {
            findings.add(
                Severity.WRONG,
                "cancel-without-end",
                request,
                "The run was to be cancelled and is %s."
                    .formatted(state == null ? "not followed" : state));
          }
        });
  }
}
