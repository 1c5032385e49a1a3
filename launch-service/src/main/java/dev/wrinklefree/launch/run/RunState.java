package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.value.Violation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is on its way to SkyPilot. Each state's methods are its legal transitions; there are
 * no others. What the job does afterwards is monitor-service's to tell.
 */
public sealed interface RunState {

  /**
   * The word that the REST interface and the database use.
   *
   * @return one of accepted, submitting, submitted, failed, rejected, cancelled
   */
  String word();

  /** Nothing follows. */
  sealed interface Ended extends RunState permits Rejected, Failed, Cancelled {}

  /** The request was wrong. */
  record Rejected(List<Violation> violations) implements Ended {

    /** Copies the violations. */
    public Rejected {
      violations = List.copyOf(violations);
    }

    @Override
    public String word() {
      return "rejected";
    }
  }

  /**
   * Waits to be submitted; SkyPilot surely has no job of it.
   *
   * @param attempts submits so far, all of which surely came to nothing
   */
  record Accepted(int attempts) implements RunState {

    /** Nothing was tried yet. */
    public static Accepted first() {
      return new Accepted(0);
    }

    /** From here on SkyPilot may have the job; to be recorded before the request is sent. */
    public Submitting submitting(Instant now) {
      return new Submitting(attempts + 1, now, null);
    }

    /** It will not be tried again. */
    public Failed failed(String code, String message) {
      return new Failed(code, message, attempts);
    }

    /** A cancel came first. */
    public Cancelled cancelled() {
      return new Cancelled(null);
    }

    @Override
    public String word() {
      return "accepted";
    }
  }

  /**
   * A submit is under way, or its outcome is not known.
   *
   * @param attempts submits so far, this one included
   * @param since when this one began, or when its result was found to be lost
   * @param requestId SkyPilot's id of the request; null while it has not answered, and once its
   *     result is lost
   */
  record Submitting(int attempts, Instant since, @Nullable String requestId) implements RunState {

    /** Cuts the time to what PostgreSQL keeps, so that a state equals itself when read again. */
    public Submitting {
      since = since.truncatedTo(ChronoUnit.MICROS);
    }

    /** SkyPilot took the request; to be recorded before its result is awaited. */
    public Submitting answered(String newRequestId) {
      return new Submitting(attempts, since, newRequestId);
    }

    /** The request became a job. */
    public Submitted submitted(long jobId, Instant now) {
      return new Submitted(attempts, jobId, requestId, false, now);
    }

    /** The job was found in the queue after the answer was lost. */
    public Submitted adopted(long jobId, Instant now) {
      return new Submitted(attempts, jobId, requestId, true, now);
    }

    /**
     * The request's result is lost, and no job of it is in the queue so far: from now on the job is
     * looked for by its name, for as long after this as one may take to show.
     */
    public Submitting lost(Instant now) {
      return new Submitting(attempts, now, null);
    }

    /** It is certain that no job came of it, and it may be tried again. */
    public Accepted notSubmitted() {
      return new Accepted(attempts);
    }

    /** It is certain that no job came of it, nor would of another try. */
    public Failed failed(String code, String message) {
      return new Failed(code, message, attempts);
    }

    @Override
    public String word() {
      return "submitting";
    }
  }

  /**
   * SkyPilot has the job.
   *
   * @param attempts submits that it took
   * @param jobId SkyPilot's managed-job id
   * @param requestId SkyPilot's id of the request, if it was ever known
   * @param adopted whether the job was found in the queue rather than answered
   * @param at when it was known
   */
  record Submitted(
      int attempts, long jobId, @Nullable String requestId, boolean adopted, Instant at)
      implements RunState {

    /** Cuts the time to what PostgreSQL keeps, so that a state equals itself when read again. */
    public Submitted {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The job ended because it was cancelled. */
    public Cancelled cancelled() {
      return new Cancelled(this);
    }

    @Override
    public String word() {
      return "submitted";
    }
  }

  /**
   * No job came of it.
   *
   * @param code stable machine code in kebab-case
   * @param message one sentence for a person
   * @param attempts submits that were tried
   */
  record Failed(String code, String message, int attempts) implements Ended {
    @Override
    public String word() {
      return "failed";
    }
  }

  /**
   * It was cancelled, and the cancel took effect.
   *
   * @param job the job that was cancelled; null if there never was one
   */
  record Cancelled(@Nullable Submitted job) implements Ended {
    @Override
    public String word() {
      return "cancelled";
    }
  }
}
