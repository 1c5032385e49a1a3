package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkpoints of a few runs, the newest run last. */
public final class KnownCheckpoints implements NewestCheckpoints {

  private record Known(RunId runId, String likeness, String uri) {}

  private final List<Known> known = new ArrayList<>();

  /** Adds a run with a checkpoint. */
  public KnownCheckpoints with(String runId, String likeness, String uri) {
    known.add(new Known(new RunId(runId), likeness, uri));
    return this;
  }

  @Override
  public Optional<String> ofRun(RunId runId) {
    return known.stream().filter(run -> run.runId().equals(runId)).map(Known::uri).findFirst();
  }

  @Override
  public Optional<String> ofNewestLike(String likeness, RunId but) {
    return known.reversed().stream()
        .filter(run -> run.likeness().equals(likeness) && !run.runId().equals(but))
        .map(Known::uri)
        .findFirst();
  }
}
