package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An accepted run is submitted or has failed, after it was accepted and once. */
final class LaunchStoryRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, Story> stories = new LinkedHashMap<>();

  LaunchStoryRule(AuditScope scope) {
    this.scope = scope;
  }

  private static final class Story {
    @Nullable Trace accepted;
    @Nullable Trace settled;
  }

  @Override
  public String code() {
    return "launch-story";
  }

  @Override
  public String promise() {
    return "every accepted run is then submitted or failed, exactly once";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (sighting != Sighting.FIRST || event.topic() != Topic.LAUNCH_STATE) {
      return;
    }
    EventType type = event.attributes().type();
    Story story = stories.computeIfAbsent(event.runId(), runId -> new Story());
    if (type == EventType.LAUNCH_ACCEPTED) {
      story.accepted = event.trace();
    } else if (type == EventType.LAUNCH_SUBMITTED || type == EventType.LAUNCH_FAILED) {
      settled(story, event.trace(), findings);
    }
  }

  private void settled(Story story, Trace event, Findings findings) {
    if (story.settled != null) {
      findings.add(
          Severity.WRONG,
          "settled-twice",
          event,
          "The run was submitted or failed before, at %s.".formatted(story.settled.position()));
    } else if (story.accepted == null) {
      if (scope.retention().isTruncated(Topic.LAUNCH_STATE)) {
        findings.unjudged();
      } else {
        findings.add(
            Severity.WRONG,
            "settled-unaccepted",
            event,
            "The run is submitted or failed without having been accepted.");
      }
    }
    story.settled = event;
  }

  @Override
  public void finish(Findings findings) {
    for (Story story : stories.values()) {
      Trace accepted = story.accepted;
      if (accepted == null) {
        continue;
      }
      findings.checked();
      if (story.settled == null) {
        boolean young = scope.isYoung(accepted.storedAt());
        findings.add(
            young ? Severity.PENDING : Severity.LOST,
            "not-settled",
            accepted,
            "The run was accepted and is neither submitted nor failed" + (young ? " yet." : "."));
      }
    }
  }
}
