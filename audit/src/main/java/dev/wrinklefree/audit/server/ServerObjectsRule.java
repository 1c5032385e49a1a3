package dev.wrinklefree.audit.server;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.audit.rule.AuditRule;
import dev.wrinklefree.audit.rule.AuditScope;
import dev.wrinklefree.audit.rule.Sighting;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.CheckpointLayout;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every complete checkpoint below a run's prefix is told, and every told one was there. */
final class ServerObjectsRule implements AuditRule {

  private final AuditScope scope;
  private final List<BucketObject> live;
  private final Set<String> existed = new HashSet<>();
  private final Map<String, Home> homes = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();

  private record Home(Trace accepted, @Nullable CheckpointLayout layout) {}

  ServerObjectsRule(AuditScope scope, List<BucketObject> objects) {
    this.scope = scope;
    this.live = objects.stream().filter(BucketObject::live).toList();
    objects.forEach(object -> existed.add(generation(object.uri(), object.generation())));
  }

  @Override
  public String code() {
    return "server-objects";
  }

  @Override
  public String promise() {
    return "every complete checkpoint in the bucket is told, and every told one was there";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (event.data() instanceof LaunchAccepted accepted) {
      homes.putIfAbsent(
          "gs://" + accepted.bucket() + "/" + accepted.checkpointPrefix(),
          new Home(event.trace(), accepted.checkpoints()));
    } else if (event.data() instanceof CheckpointWritten checkpoint
        && sighting != Sighting.REPEAT) {
      findings.checked();
      take(checkpoint, event.trace(), findings);
    }
  }

  private void take(CheckpointWritten checkpoint, Trace event, Findings findings) {
    String root =
        checkpoint.uri().substring(0, checkpoint.uri().indexOf('/', "gs://".length()) + 1);
    for (StoredObject object : checkpoint.objects()) {
      String generation = generation(root + object.name(), object.generation());
      told.add(generation);
      if (!existed.contains(generation)) {
        findings.add(
            Severity.WRONG,
            "checkpoint-not-there",
            event,
            "The bucket never had generation %d of %s."
                .formatted(object.generation(), object.name()));
      }
    }
  }

  @Override
  public void finish(Findings findings) {
    homes.forEach(
        (prefix, home) ->
            CheckpointFiles.complete(
                    live.stream().filter(object -> object.uri().startsWith(prefix)).toList(),
                    home.layout())
                .forEach(
                    (uri, objects) -> {
                      if (!objects.stream().allMatch(this::isTold)) {
                        untold(uri, home.accepted(), findings);
                      }
                    }));
  }

  private boolean isTold(BucketObject object) {
    return told.contains(generation(object.uri(), object.generation()));
  }

  private void untold(String uri, Trace accepted, Findings findings) {
    if (scope.retention().isTruncated(Topic.CHECKPOINT_WRITTEN)) {
      findings.unjudged();
    } else {
      findings.add(
          Severity.LOST,
          "checkpoint-untold",
          accepted,
          "The bucket has the complete checkpoint %s, which was not told.".formatted(uri));
    }
  }

  private static String generation(String uri, long generation) {
    return uri + "#" + generation;
  }
}
