package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Each job state follows from the one before. */
final class JobStateRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, Last> runs = new HashMap<>();

  JobStateRule(AuditScope scope) {
    this.scope = scope;
  }

  private record Last(JobStateChanged data, Instant time) {}

  @Override
  public String code() {
    return "job-state";
  }

  @Override
  public String promise() {
    return "job states form a chain; an ended job is only corrected to FAILED_CONTROLLER";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (!(event.data() instanceof JobStateChanged data) || sighting != Sighting.FIRST) {
      return;
    }
    findings.checked();
    Instant time = event.attributes().time();
    Last last = runs.put(event.runId(), new Last(data, time));
    alone(data, event.trace(), findings);
    if (last != null) {
      following(last, data, time, event.trace(), findings);
    } else if (data.previousState() != null) {
      if (scope.retention().isTruncated(Topic.JOB_STATE)) {
        findings.unjudged();
      } else {
        wrong(
            "previous-state",
            "It is the run's first state and has a previous one, %s."
                .formatted(data.previousState()),
            event.trace(),
            findings);
      }
    }
  }

  private static void alone(JobStateChanged data, Trace event, Findings findings) {
    if (data.attempt() != data.recoveries() + 1) {
      wrong(
          "attempt",
          "Attempt %d does not follow from %d recoveries."
              .formatted(data.attempt(), data.recoveries()),
          event,
          findings);
    }
    if ((data.state() == JobState.UNKNOWN) != (data.unknownSince() != null)) {
      wrong("unknown-since", "Only UNKNOWN has unknownSince, and always.", event, findings);
    }
  }

  private static void following(
      Last last, JobStateChanged data, Instant time, Trace event, Findings findings) {
    JobState before = last.data().state();
    if (data.previousState() != before) {
      wrong(
          "previous-state",
          "Its previous state is %s, and the event before says %s."
              .formatted(data.previousState(), before),
          event,
          findings);
    }
    if (before.isTerminal()
        && data.state() != before
        && data.state() != JobState.FAILED_CONTROLLER) {
      wrong(
          "ended-goes-on",
          "The job had ended as %s and is %s.".formatted(before, data.state()),
          event,
          findings);
    }
    if (time.isBefore(last.time())) {
      wrong(
          "time-backwards",
          "It happened at %s, before the event before it at %s.".formatted(time, last.time()),
          event,
          findings);
    }
    if (data.attempt() < last.data().attempt()
        && Objects.equals(data.skypilotJobId(), last.data().skypilotJobId())) {
      wrong(
          "attempt",
          "Attempt %d comes after attempt %d.".formatted(data.attempt(), last.data().attempt()),
          event,
          findings);
    }
  }

  private static void wrong(String code, String sentence, Trace event, Findings findings) {
    findings.add(Severity.WRONG, code, event, sentence);
  }
}
