package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Fingerprint;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What an event names as its cause, and as the request that began it all, was told. */
final class CauseRule implements AuditRule {

  private final AuditScope scope;
  private final Set<Long> ids = new HashSet<>();
  private final Set<Long> correlations = new HashSet<>();
  private final Map<Long, Trace> uncaused = new LinkedHashMap<>();
  private final Map<Long, Trace> uncorrelated = new LinkedHashMap<>();

  CauseRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "cause";
  }

  @Override
  public String promise() {
    return "cause and correlation of every fact are events that exist";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    EventAttributes attributes = event.attributes();
    RunId runId = event.runId();
    if (sighting != Sighting.REPEAT) {
      ids.add(key(runId, attributes.id()));
    }
    if (event.isRequest()) {
      correlations.add(key(runId, attributes.correlationOrOwnId()));
      return;
    }
    findings.checked();
    String cause = attributes.causationId();
    String correlation = attributes.correlationId();
    if (cause != null && !ids.contains(key(runId, cause))) {
      uncaused.putIfAbsent(key(runId, cause), event.trace());
    }
    if (correlation != null && !correlations.contains(key(runId, correlation))) {
      uncorrelated.putIfAbsent(key(runId, correlation), event.trace());
    }
    if (event.topic() == Topic.LAUNCH_STATE
        && ((cause == null && isAnswer(attributes.type())) || correlation == null)) {
      findings.add(
          Severity.WRONG, "cause-absent", event.trace(), "It does not say what it answers.");
    }
  }

  private static boolean isAnswer(EventType type) {
    return type == EventType.LAUNCH_ACCEPTED || type == EventType.LAUNCH_REJECTED;
  }

  @Override
  public void finish(Findings findings) {
    uncaused.forEach(
        (key, event) -> {
          if (!ids.contains(key)) {
            missing("cause-missing", "The event that it names as its cause", event, findings);
          }
        });
    uncorrelated.forEach(
        (key, event) -> {
          if (!correlations.contains(key)) {
            missing(
                "correlation-missing", "The request that it names as its origin", event, findings);
          }
        });
  }

  private void missing(String code, String what, Trace event, Findings findings) {
    if (Arrays.stream(Topic.values()).anyMatch(scope.retention()::isTruncated)) {
      findings.unjudged();
    } else {
      findings.add(Severity.WRONG, code, event, what + " is not there.");
    }
  }

  private static Long key(RunId runId, String id) {
    return Fingerprint.of(runId.value(), id).high();
  }
}
