package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.work.Progress;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueueFields;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a job by its id, and again, until the queue says that it has ended: SkyPilot answers a
 * cancel in the same way whether it did anything or not.
 */
@ApplicationScoped
class CancelWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(CancelWorker.class);

  private final SkyPilotClient skyPilot;
  private final RunRepository runs;
  private final CancellationRepository cancellations;
  private final CancellationConfig config;
  private final Clock clock;

  CancelWorker(
      SkyPilotClient skyPilot,
      RunRepository runs,
      CancellationRepository cancellations,
      CancellationConfig config,
      Clock clock) {
    this.skyPilot = skyPilot;
    this.runs = runs;
    this.cancellations = cancellations;
    this.config = config;
    this.clock = clock;
  }

  Progress advance(RunId runId) {
    Optional<Run> run = QuarkusTransaction.requiringNew().call(() -> runs.of(runId));
    if (run.isPresent() && run.get().state() instanceof Submitted submitted) {
      return advance(runId, submitted);
    }
    return new Progress.Done();
  }

  private Progress advance(RunId runId, Submitted job) {
    try {
      return switch (CancelStep.of(runId, rows(job.jobId()))) {
        case SEND -> {
          QuarkusTransaction.requiringNew().run(() -> cancellations.jobKnown(runId));
          skyPilot.cancelJobs(List.of(job.jobId()));
          LOGGER.atInfo().addKeyValue("jobId", job.jobId()).log("Job is being cancelled");
          yield again();
        }
        case CANCELLED -> {
          record(runId, job);
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
    } catch (SkyPilotException e) {
      LOGGER
          .atWarn()
          .addKeyValue("jobId", job.jobId())
          .log("Cancel will be tried again: {}", e.getMessage());
      return again();
    }
  }

  private List<JobRecord> rows(long jobId) {
    return skyPilot
        .queue(QueueQuery.ofJobs(List.of(jobId)).withFields(QueueFields.STATE))
        .jobs()
        .stream()
        .filter(row -> row.jobId() == jobId)
        .toList();
  }

  private Progress unknown(RunId runId, Submitted job) {
    Instant now = clock.instant();
    Instant since =
        QuarkusTransaction.requiringNew().call(() -> cancellations.jobUnknown(runId, now));
    if (now.isBefore(since.plus(config.maxAge()))) {
      return again();
    }
    LOGGER
        .atError()
        .addKeyValue("jobId", job.jobId())
        .log("The queue has not known the job for {}, its cancel is given up", config.maxAge());
    return new Progress.Done();
  }

  private void record(RunId runId, Submitted job) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              runs.lock(runId);
              runs.change(runId, job, job.cancelled(), 0);
            });
  }

  private Progress again() {
    return new Progress.Again(config.interval());
  }
}
