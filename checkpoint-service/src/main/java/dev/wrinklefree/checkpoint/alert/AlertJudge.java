package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.checkpoint.alert.Verdict.Clear;
import dev.wrinklefree.checkpoint.alert.Verdict.Keep;
import dev.wrinklefree.checkpoint.alert.Vigil.Phase;
import dev.wrinklefree.contract.event.AlertCode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which alerts of a run should be open. */
final class AlertJudge {

  private static final Duration SOON = Duration.ofMillis(1);

  private final AlertRules rules;

  AlertJudge(AlertRules rules) {
    this.rules = rules;
  }

  /** One verdict for each alert. */
  List<Verdict> judge(Situation situation) {
    return List.of(overdue(situation), incomplete(situation), noFinal(situation));
  }

  /**
   * How long from now the next alert can be due at the earliest, if nothing changes.
   *
   * @return empty if none can
   */
  Optional<Duration> soonest(Situation situation) {
    Vigil vigil = situation.vigil();
    if (!vigil.sure()) {
      return Optional.empty();
    }
    Stream<Duration> rests =
        switch (vigil.phase()) {
          case FAILED -> Stream.of();
          case SUCCEEDED ->
              situation.expectsFinal() && !situation.finalThere()
                  ? Stream.of(untilGraceEnds(vigil))
                  : Stream.of();
          case RUNNING ->
              Stream.concat(
                  situation.expectsSeries()
                      ? Stream.of(limit(situation).minus(vigil.waited()))
                      : Stream.of(),
                  untilIncomplete(situation));
          case WAITING -> untilIncomplete(situation);
        };
    return rests.filter(Duration::isPositive).min(Comparator.naturalOrder());
  }

  private Verdict overdue(Situation situation) {
    AlertCode code = AlertCode.CHECKPOINT_OVERDUE;
    Vigil vigil = situation.vigil();
    if (!situation.expectsSeries()) {
      return new Clear(code, "The run writes no series of checkpoints.");
    }
    if (!vigil.sure()) {
      return new Keep(code);
    }
    if (vigil.phase() != Phase.RUNNING) {
      return new Clear(code, "The job is not running.");
    }
    Duration limit = limit(situation);
    if (vigil.waited().compareTo(limit) <= 0) {
      return new Clear(
          code, vigil.firstAwaited() ? "The job runs anew." : "A checkpoint was written.");
    }
    return situation.justLooked() ? AlertMessages.overdue(situation, limit) : new Keep(code);
  }

  private Verdict incomplete(Situation situation) {
    AlertCode code = AlertCode.CHECKPOINT_INCOMPLETE;
    Vigil vigil = situation.vigil();
    if (!situation.expectsAny()) {
      return new Clear(code, "The run writes no checkpoints.");
    }
    if (!vigil.sure()) {
      return new Keep(code);
    }
    if (vigil.ended()) {
      return new Clear(code, "The job has ended.");
    }
    List<PartialDirectory> stuck =
        situation.partial().stream()
            .filter(partial -> partial.quiet(vigil).compareTo(rules.incompleteAfter()) >= 0)
            .sorted(Comparator.comparing(PartialDirectory::since))
            .toList();
    if (stuck.isEmpty()) {
      return new Clear(code, "No directory of a checkpoint stands incomplete any more.");
    }
    return situation.justLooked() ? AlertMessages.incomplete(situation, stuck) : new Keep(code);
  }

  private Verdict noFinal(Situation situation) {
    AlertCode code = AlertCode.NO_FINAL_CHECKPOINT;
    Vigil vigil = situation.vigil();
    if (!situation.expectsFinal()) {
      return new Clear(code, "The run writes no final checkpoint.");
    }
    if (situation.finalThere()) {
      return new Clear(code, "The final checkpoint is there.");
    }
    if (!vigil.sure()) {
      return new Keep(code);
    }
    if (vigil.phase() != Phase.SUCCEEDED) {
      return new Clear(code, "The job did not succeed, by SkyPilot's later word.");
    }
    boolean over = !untilGraceEnds(vigil).isPositive();
    return over && situation.justLooked()
        ? AlertMessages.noFinal(situation, rules.finalGrace())
        : new Keep(code);
  }

  private Duration limit(Situation situation) {
    return rules.limit(situation.written(), situation.vigil().firstAwaited());
  }

  /** Positive also without a grace until a listing was begun after the job's end was heard. */
  private Duration untilGraceEnds(Vigil vigil) {
    Duration grace = rules.finalGrace();
    if (vigil.waited().isPositive()) {
      return grace.minus(vigil.waited());
    }
    return grace.isPositive() ? grace : SOON;
  }

  private Stream<Duration> untilIncomplete(Situation situation) {
    return situation.expectsAny()
        ? situation.partial().stream()
            .map(partial -> rules.incompleteAfter().minus(partial.quiet(situation.vigil())))
        : Stream.of();
  }
}
