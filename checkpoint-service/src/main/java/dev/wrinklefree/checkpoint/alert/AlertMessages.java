package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.checkpoint.alert.Verdict.Raise;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is told of each alert: what is seen, what to do, and the figures behind it. */
final class AlertMessages {

  private AlertMessages() {}

  static Raise overdue(Situation situation, Duration limit) {
    Vigil vigil = situation.vigil();
    Optional<Duration> rhythm = AlertRules.rhythm(situation.written());
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("where", situation.where());
    evidence.put("waitedSeconds", seconds(vigil.waited()));
    evidence.put("limitSeconds", seconds(limit));
    rhythm.ifPresent(interval -> evidence.put("usualSeconds", seconds(interval)));
    situation.written().stream()
        .max(Comparator.naturalOrder())
        .ifPresent(last -> evidence.put("lastWrittenAt", last.toString()));
    String usual =
        rhythm
            .map(interval -> "; this run writes one every " + text(interval))
            .orElse("; the first may take " + text(limit));
    return new Raise(
        AlertCode.CHECKPOINT_OVERDUE,
        Severity.WARNING,
        "No checkpoint for " + text(vigil.waited()) + " of running" + usual + ".",
        "Look in the run's log for upload errors and for a step that stands still; what was"
            + " trained since the last checkpoint is lost with the machine.",
        evidence);
  }

  static Raise incomplete(Situation situation, List<PartialDirectory> stuck) {
    PartialDirectory oldest = stuck.getFirst();
    return new Raise(
        AlertCode.CHECKPOINT_INCOMPLETE,
        Severity.WARNING,
        "A checkpoint lacks %d of its %d objects, and nothing has changed in it for %s."
            .formatted(
                oldest.missing().size(),
                oldest.missing().size() + oldest.present().size(),
                text(oldest.quiet(situation.vigil()))),
        "Look in the run's log for the upload that failed; this checkpoint cannot be resumed from.",
        Map.of(
            "where", situation.where(),
            "directory", oldest.slot(),
            "missing", String.join(" ", oldest.missing()),
            "since", oldest.since().toString(),
            "incompleteDirectories", String.valueOf(stuck.size())));
  }

  static Raise noFinal(Situation situation, Duration grace) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("where", situation.where());
    evidence.put("graceSeconds", seconds(grace));
    evidence.put("checkpointsOfSeries", String.valueOf(situation.written().size()));
    situation.partial().stream()
        .max(Comparator.comparing(PartialDirectory::since))
        .ifPresent(partial -> evidence.put("missing", String.join(" ", partial.missing())));
    return new Raise(
        AlertCode.NO_FINAL_CHECKPOINT,
        Severity.CRITICAL,
        "The job succeeded, and no final checkpoint is in the bucket.",
        situation.written().isEmpty()
            ? "Look in the run's log for failed uploads; nothing of this run was saved."
            : "Look in the run's log for failed uploads; the last checkpoint of the series is what"
                + " is left of the run.",
        evidence);
  }

  private static String seconds(Duration length) {
    return String.valueOf(length.toSeconds());
  }

  private static String text(Duration length) {
    if (length.compareTo(Duration.ofMinutes(2)) < 0) {
      return length.toSeconds() + " s";
    }
    return length.compareTo(Duration.ofHours(2)) < 0
        ? length.toMinutes() + " min"
        : "%d h %02d min".formatted(length.toHours(), length.toMinutesPart());
  }
}
