package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;
import java.util.Optional;

/** No run has a checkpoint. */
public final class NoCheckpoints implements NewestCheckpoints {

  @Override
  public Optional<String> ofRun(RunId runId) {
    return Optional.empty();
  }

  @Override
  public Optional<String> ofNewestLike(String likeness, RunId but) {
    return Optional.empty();
  }
}
