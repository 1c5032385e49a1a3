package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.run.RunJobs;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.work.Progress;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueueFields;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a job by its id, and again, until the queue says that it has ended: SkyPilot answers a
 * cancel in the same way whether it did anything or not. Other live jobs that bear both marks of
 * the run end with it.
 */
final class Cancelling {

  private static final Logger LOGGER = LoggerFactory.getLogger(Cancelling.class);

  private final SkyPilot skyPilot;
  private final CancelRecords records;
  private final Duration interval;
  private final Duration maxAge;
  private final InstantSource clock;

  /**
   * @param interval how often the queue is asked, and the cancel is sent again
   * @param maxAge how long to go on with a job that the queue does not know
   */
  Cancelling(
      SkyPilot skyPilot,
      CancelRecords records,
      Duration interval,
      Duration maxAge,
      InstantSource clock) {
    this.skyPilot = skyPilot;
    this.records = records;
    this.interval = interval;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** Takes the cancel of the run as far as it goes now. */
  Progress advance(RunId runId) {
    return records.load(runId).map(CancelRecords.Subject::state).orElse(null)
            instanceof Submitted job
        ? advance(runId, job)
        : new Progress.Done();
  }

  private Progress advance(RunId runId, Submitted job) {
    try {
      List<JobRecord> named = skyPilot.queue(QueueQuery.ofName(runId.value())).jobs();
      List<Long> others =
          RunJobs.live(runId, named).stream().filter(id -> id != job.jobId()).toList();
      CancelStep step = CancelStep.of(runId, rows(job.jobId(), named));
      if (step != CancelStep.SEND && others.isEmpty()) {
        return end(step, runId, job);
      }
      send(step == CancelStep.SEND, runId, job, others);
      return again();
    } catch (SkyPilotException e) {
      LOGGER
          .atWarn()
          .addKeyValue("jobId", job.jobId())
          .log("Cancel will be tried again: {}", e.getMessage());
      return again();
    }
  }

  private void send(boolean own, RunId runId, Submitted job, List<Long> others) {
    if (!others.isEmpty()) {
      LOGGER.error("Stray jobs of the run are being cancelled: {}", others);
    }
    if (own) {
      records.jobKnown(runId);
      LOGGER.atInfo().addKeyValue("jobId", job.jobId()).log("Job is being cancelled");
    }
    Stream<Long> ids = own ? Stream.of(job.jobId()) : Stream.empty();
    skyPilot.cancelJobs(Stream.concat(ids, others.stream()).toList());
  }

  private Progress end(CancelStep step, RunId runId, Submitted job) {
    return switch (step) {
      case SEND -> again();
      case CANCELLED -> {
        records.cancelled(runId, job);
        LOGGER.atInfo().addKeyValue("jobId", job.jobId()).log("Job is cancelled");
        yield new Progress.Done();
      }
      case ENDED_OTHERWISE -> {
        LOGGER.atInfo().addKeyValue("jobId", job.jobId()).log("Job ended before its cancel");
        yield new Progress.Done();
      }
      case NOT_OURS -> {
        LOGGER
            .atError()
            .addKeyValue("jobId", job.jobId())
            .log("The job id belongs to another job now, which is left alone");
        yield new Progress.Done();
      }
      case UNKNOWN -> unknown(runId, job);
    };
  }

  /** The job's rows; a job that has the number and another name is not among those of the name. */
  private List<JobRecord> rows(long jobId, List<JobRecord> named) {
    List<JobRecord> own = of(jobId, named);
    return own.isEmpty()
        ? of(
            jobId,
            skyPilot.queue(QueueQuery.ofJobs(List.of(jobId)).withFields(QueueFields.STATE)).jobs())
        : own;
  }

  private static List<JobRecord> of(long jobId, List<JobRecord> rows) {
    return rows.stream().filter(row -> row.jobId() == jobId).toList();
  }

  private Progress unknown(RunId runId, Submitted job) {
    Instant now = clock.instant();
    Instant since = records.jobUnknown(runId, now);
    if (now.isBefore(since.plus(maxAge))) {
      return again();
    }
    LOGGER
        .atError()
        .addKeyValue("jobId", job.jobId())
        .log("The queue has not known the job for {}, its cancel is given up", maxAge);
    return new Progress.Done();
  }

  private Progress again() {
    return new Progress.Again(interval);
  }
}
