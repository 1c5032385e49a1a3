package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An alert is raised once, then cleared once, and only what is a fact of an ended run outlives it.
 */
final class AlertRule implements AuditRule {

  /** Money spent stays spent: what cost-service raises, a run's end need not clear. */
  private static final String OF_MONEY = "/cost-service/";

  private final AuditScope scope;
  private final Map<Alert, Trace> open = new LinkedHashMap<>();
  private final Set<Alert> known = new HashSet<>();
  private final Map<RunId, Instant> ended = new HashMap<>();

  private record Alert(RunId runId, String source, String code) {}

  AlertRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "alert";
  }

  @Override
  public String promise() {
    return "each alert of a run is raised and cleared in turn, and not left open when the run ends";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (sighting == Sighting.REPEAT) {
      return;
    }
    if (event.data() instanceof JobStateChanged job && job.state() != JobState.UNKNOWN) {
      if (job.state().isTerminal()) {
        ended.put(event.runId(), event.storedAt());
      } else {
        ended.remove(event.runId());
      }
    } else if (event.data() instanceof RunAlerted alerted) {
      findings.checked();
      judge(
          new Alert(event.runId(), event.attributes().source(), alerted.code()),
          alerted.status(),
          event.trace(),
          findings);
    }
  }

  private void judge(Alert alert, Status status, Trace event, Findings findings) {
    boolean first = known.add(alert);
    switch (status) {
      case RAISED -> {
        Trace before = open.putIfAbsent(alert, event);
        if (before != null) {
          findings.add(
              Severity.WRONG,
              "alert-raised-twice",
              event,
              "%s is open since %s.".formatted(alert.code(), before.position()));
        }
      }
      case CLEARED -> {
        if (open.remove(alert) == null) {
          if (first && scope.retention().isTruncated(Topic.RUN_ALERT)) {
            findings.unjudged();
          } else {
            findings.add(
                Severity.WRONG, "alert-not-open", event, alert.code() + " was not raised.");
          }
        }
      }
    }
  }

  @Override
  public void finish(Findings findings) {
    open.forEach(
        (alert, event) -> {
          Instant end = ended.get(alert.runId());
          boolean stays =
              alert.source().startsWith(OF_MONEY)
                  || alert.code().equals(AlertCode.NO_FINAL_CHECKPOINT.word());
          if (end != null && !stays) {
            findings.add(
                scope.isYoung(end) ? Severity.PENDING : Severity.LOST,
                "alert-not-cleared",
                event,
                alert.code() + " is open, and the run has ended.");
          }
        });
  }
}
