package dev.wrinklefree.launch.intake;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.resume.Resumption;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.validation.Code;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.ValidRequest;
import dev.wrinklefree.launch.validation.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a launch request gets, from the request and what is recorded of its run. */
public final class AnswerDecider {

  private final LaunchRequestValidator validator;
  private final LaunchPlanner planner;
  private final ResumeResolver resumes;

  /** A decider that judges and plans by these. */
  public AnswerDecider(
      LaunchRequestValidator validator, LaunchPlanner planner, ResumeResolver resumes) {
    this.validator = validator;
    this.planner = planner;
    this.resumes = resumes;
  }

  /**
   * The answer.
   *
   * @param known what is recorded of the run; null if nothing
   */
  public Answer decide(LaunchAttempt attempt, @Nullable Run known) {
    if (known != null) {
      return known.digest().equals(attempt.digest())
          ? new Answer.Repeat()
          : new Answer.RejectConflict(runTaken(known));
    }
    if (attempt.idUsedBefore()) {
      return new Answer.Reject(List.of(idTaken(attempt.origin())));
    }
    return switch (validator.validate(attempt.data())) {
      case Verdict.Valid valid -> plan(attempt, owned(valid.request(), attempt));
      case Verdict.Invalid invalid -> new Answer.Reject(invalid.violations());
    };
  }

  private Answer plan(LaunchAttempt attempt, ValidRequest request) {
    RunId runId = attempt.runId();
    return switch (resumes.resolve(request.resume(), runId, request.likeness())) {
      case Resumption.Anew ignored ->
          new Answer.Accept(planner.plan(runId, request, null, attempt.origin().at()));
      case Resumption.From from ->
          new Answer.Accept(planner.plan(runId, request, from.uri(), attempt.origin().at()));
      case Resumption.NoCheckpoint none -> new Answer.Reject(List.of(noCheckpoint(none)));
    };
  }

  /** Why a run cannot go on from where it is to. */
  public static Violation noCheckpoint(Resumption.NoCheckpoint none) {
    return new Violation("resume", Code.NO_CHECKPOINT.word(), none.reason());
  }

  /** What the request says of its owner counts only where nobody was authenticated. */
  private static ValidRequest owned(ValidRequest request, LaunchAttempt attempt) {
    return attempt.principal() == null ? request : request.ownedBy(attempt.principal());
  }

  /** Why a run id cannot be used for another request. */
  public static Violation runTaken(Run known) {
    return new Violation(
        null,
        Code.CONFLICT.word(),
        "the run id %s belongs to another request: event %s of %s at %s"
            .formatted(
                known.runId(),
                known.origin().eventId(),
                known.origin().source(),
                known.origin().at()));
  }

  private static Violation idTaken(RequestOrigin origin) {
    return new Violation(
        null,
        Code.CONFLICT.word(),
        "the event id %s of %s was used before for another request"
            .formatted(origin.eventId(), origin.source()));
  }
}
