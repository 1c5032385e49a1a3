package dev.wrinklefree.sandbox.skypilot.job;

import dev.wrinklefree.sandbox.skypilot.task.Placement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job's record and logs, as its controller writes them: memory, disk and logs say the same. */
final class JobRecord {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobRecord.class);

  private final JobDirectory directory;
  private final InstantSource clock;
  private final JobLog log;
  private final JobLog controllerLog;
  private volatile ManagedJob job;

  JobRecord(ManagedJob job, JobDirectory directory, InstantSource clock) {
    this.job = job;
    this.directory = directory;
    this.clock = clock;
    boolean over = job.status().terminal();
    this.log = new JobLog(directory.of(job.jobId()).resolve("run.log"), over);
    this.controllerLog = new JobLog(directory.of(job.jobId()).resolve("controller.log"), over);
  }

  int jobId() {
    return job.jobId();
  }

  ManagedJob job() {
    return job;
  }

  JobLog log() {
    return log;
  }

  JobLog controllerLog() {
    return controllerLog;
  }

  void starting() {
    if (log.length() == 0) {
      log.line("├── Waiting for task resources on 1 node.");
    }
    change(JobState::starting);
  }

  void running(Placement placement) {
    log.line(
        "└── Job started. Streaming logs... (Ctrl-C to exit log streaming; job will not be killed)");
    change((state, now) -> state.running(now, placement));
  }

  void recovering(String why) {
    log.line(why);
    controllerLog.line(why);
    change(JobState::recovering);
  }

  void cancelling() {
    if (job.status() != JobStatus.CANCELLING) {
      change(JobState::cancelling);
    }
  }

  void end(JobStatus outcome, @Nullable String reason) {
    log.line("✓ Job finished (status: " + outcome + ").");
    change((state, now) -> state.ended(outcome, now, reason));
    log.complete();
    controllerLog.complete();
  }

  void close() {
    log.complete();
    controllerLog.complete();
  }

  private void change(BiFunction<JobState, Instant, JobState> transition) {
    Instant now = clock.instant();
    ManagedJob next = job.with(transition.apply(job.state(), now));
    directory.write(next);
    job = next;
    controllerLog.line(now + " job " + next.jobId() + " is " + next.status());
    LOGGER
        .atInfo()
        .addKeyValue("jobId", next.jobId())
        .addKeyValue("status", next.status())
        .log("Job changed");
  }
}
