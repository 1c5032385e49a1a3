package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;
import java.util.Optional;

/** Finds the checkpoint that a wish means, among those that are known now. */
public final class ResumeResolver {

  private final NewestCheckpoints checkpoints;

  /** A resolver that looks there. */
  public ResumeResolver(NewestCheckpoints checkpoints) {
    this.checkpoints = checkpoints;
  }

  /**
   * The checkpoint.
   *
   * @param runId the run that is to go on
   * @param likeness its {@link Likeness}
   */
  public Resumption resolve(ResumeWish wish, RunId runId, String likeness) {
    return switch (wish) {
      case ResumeWish.Anew ignored -> new Resumption.Anew();
      case ResumeWish.At at -> new Resumption.From(at.uri());
      case ResumeWish.OfRun of ->
          found(
              checkpoints.ofRun(of.runId()),
              "no complete checkpoint of the run " + of.runId() + " is known");
      case ResumeWish.Latest ignored ->
          found(
              checkpoints.ofNewestLike(likeness, runId),
              "no earlier run of the same template, model, mode and parameters has a complete"
                  + " checkpoint");
    };
  }

  private static Resumption found(Optional<String> uri, String otherwise) {
    return uri.<Resumption>map(Resumption.From::new)
        .orElseGet(() -> new Resumption.NoCheckpoint(otherwise));
  }
}
