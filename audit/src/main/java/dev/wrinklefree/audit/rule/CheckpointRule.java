package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Fingerprint;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Each checkpoint is told once, with revisions that count and figures that add up. */
final class CheckpointRule implements AuditRule {

  private final AuditScope scope;
  private final Map<RunId, String> prefixes = new HashMap<>();
  private final Map<String, Integer> revisions = new HashMap<>();
  private final Map<Fingerprint, Trace> saves = new HashMap<>();

  CheckpointRule(AuditScope scope) {
    this.scope = scope;
  }

  @Override
  public String code() {
    return "checkpoint";
  }

  @Override
  public String promise() {
    return "each checkpoint is told once, below its run's prefix, with revisions from 1";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (sighting == Sighting.REPEAT) {
      return;
    }
    if (event.data() instanceof LaunchAccepted accepted) {
      prefixes.putIfAbsent(
          event.runId(), "gs://" + accepted.bucket() + "/" + accepted.checkpointPrefix());
    } else if (event.data() instanceof CheckpointWritten checkpoint) {
      findings.checked();
      judge(checkpoint, event.trace(), findings);
    }
  }

  private void judge(CheckpointWritten checkpoint, Trace event, Findings findings) {
    String generations =
        checkpoint.objects().stream()
            .map(object -> object.name() + "#" + object.generation())
            .sorted()
            .collect(Collectors.joining("\n"));
    Trace before = saves.putIfAbsent(Fingerprint.of(checkpoint.uri(), generations), event);
    Integer last = revisions.put(checkpoint.uri(), checkpoint.revision());
    if (before != null) {
      wrong(
          "checkpoint-told-twice",
          "The same objects of %s were told at %s.".formatted(checkpoint.uri(), before.position()),
          event,
          findings);
    } else if (last == null ? isBadStart(checkpoint) : checkpoint.revision() != last + 1) {
      wrong(
          "revision",
          "Revision %d of %s follows %s."
              .formatted(
                  checkpoint.revision(),
                  checkpoint.uri(),
                  last == null ? "nothing" : "revision " + last),
          event,
          findings);
    }
    long bytes = checkpoint.objects().stream().mapToLong(StoredObject::size).sum();
    Optional<Instant> writtenAt =
        checkpoint.objects().stream().map(StoredObject::writtenAt).max(Instant::compareTo);
    if (bytes != checkpoint.totalBytes()
        || !writtenAt.equals(Optional.of(checkpoint.writtenAt()))) {
      wrong(
          "checkpoint-figures",
          "Size and time are not those of the %d objects.".formatted(checkpoint.objects().size()),
          event,
          findings);
    }
    String prefix = prefixes.get(event.runId());
    if (prefix == null) {
      findings.unjudged();
    } else if (!checkpoint.uri().startsWith(prefix)) {
      wrong(
          "checkpoint-elsewhere",
          "%s is not below the run's prefix %s.".formatted(checkpoint.uri(), prefix),
          event,
          findings);
    }
  }

  private boolean isBadStart(CheckpointWritten checkpoint) {
    return checkpoint.revision() != 1 && !scope.retention().isTruncated(Topic.CHECKPOINT_WRITTEN);
  }

  private static void wrong(String code, String sentence, Trace event, Findings findings) {
    findings.add(Severity.WRONG, code, event, sentence);
  }
}
