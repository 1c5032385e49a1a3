package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.DeadLetterRecord;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Exactly one answer for each launch request that can be read.
 *
 * <p>The same event again is the same request. Another event that asks for the same run with the
 * same body is told nothing new: the first answer stands. Another body for the same run is rejected
 * as a conflict, once for each such event.
 */
final class OneAnswerRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, RequestedRun> runs = new LinkedHashMap<>();
  private final Set<Position> setAside = new HashSet<>();

  OneAnswerRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "one-answer";
  }

  @Override
  public String promise() {
    return "every launch request that can be read is accepted or rejected, exactly once";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    EventType type = event.attributes().type();
    if (type == EventType.LAUNCH_REQUESTED) {
      run(event).requested(event);
    } else if (sighting == Sighting.FIRST
        && (type == EventType.LAUNCH_ACCEPTED || type == EventType.LAUNCH_REJECTED)) {
      run(event).answered(event);
    }
  }

  @Override
  public void deadLetter(DeadLetterRecord letter, Findings findings) {
    if (letter.topic() == Topic.LAUNCH_REQUESTED && letter.origin() != null) {
      setAside.add(letter.origin());
    }
  }

  @Override
  public void finish(Findings findings) {
    for (RequestedRun run : runs.values()) {
      RequestedRun.Verdict verdict = run.verdict();
      for (int i = 0; i < verdict.expected(); i++) {
        findings.checked();
      }
      verdict.unanswered().forEach(request -> unanswered(request, findings));
      verdict
          .surplus()
          .forEach(
              answer ->
                  findings.add(
                      Severity.WRONG,
                      "answered-twice",
                      answer,
                      "The launch request has been answered before."));
      verdict.unasked().forEach(answer -> unasked(answer, findings));
      verdict
          .acceptedAgain()
          .forEach(
              answer ->
                  findings.add(
                      Severity.WRONG,
                      "accepted-twice",
                      answer,
                      "The run has been accepted before."));
    }
  }

  private void unanswered(Trace request, Findings findings) {
    if (setAside.contains(request.position())) {
      findings.add(
          Severity.WRONG,
          "request-set-aside",
          request,
          "The launch request can be read and is a dead letter, without an answer: replay it.");
    } else if (scope.isYoung(request.storedAt())) {
      findings.add(
          Severity.PENDING, "answer-missing", request, "The launch request has no answer yet.");
    } else if (scope.retention().mayHaveDeleted(Topic.LAUNCH_STATE, request.storedAt())) {
      findings.unjudged();
    } else {
      findings.add(Severity.LOST, "answer-missing", request, "The launch request has no answer.");
    }
  }

  private void unasked(Trace answer, Findings findings) {
    if (scope.retention().isTruncated(Topic.LAUNCH_REQUESTED)) {
      findings.unjudged();
    } else {
      findings.add(
          Severity.WRONG,
          "answer-unasked",
          answer,
          "It answers a launch request that is not there.");
    }
  }

  private RequestedRun run(EventRecord event) {
    return runs.computeIfAbsent(event.runId(), runId -> new RequestedRun());
  }
}
