package dev.wrinklefree.sandbox.skypilot.job;

import dev.wrinklefree.sandbox.skypilot.task.Preflight;
import dev.wrinklefree.sandbox.skypilot.task.Task;
import dev.wrinklefree.sandbox.skypilot.task.TaskReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jobs of a state directory, and those of them that live. Thread-safe. */
public final class JobTable implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobTable.class);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(15);

  private final JobDirectory directory;
  private final InstantSource clock;
  private final Preflight preflight;
  private final JobEnvironment environment;
  private final JobTimings timings;
  private final @Nullable JobProgram program;
  private final ConcurrentSkipListMap<Integer, Entry> jobs = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  /** A job and who leads it; nobody leads one that was over when this server started. */
  private record Entry(JobRecord record, @Nullable Led led) {}

  private record Led(JobController controller, Thread thread) {}

  /**
   * Reads the jobs of earlier servers and takes up again those that were not over.
   *
   * @param stateDirectory where jobs are kept
   * @param jobVariables variables of every job
   * @param secrets values of the secrets that tasks name
   * @param program what jobs run in place of their scripts; null for the scripts
   */
  public JobTable(
      Path stateDirectory,
      InstantSource clock,
      Preflight preflight,
      Map<String, String> jobVariables,
      Map<String, String> secrets,
      JobTimings timings,
      @Nullable JobProgram program) {
    this.directory = new JobDirectory(stateDirectory);
    this.clock = clock;
    this.preflight = preflight;
    this.environment = new JobEnvironment(jobVariables, secrets);
    this.timings = timings;
    this.program = program;
    for (ManagedJob job : directory.readAll()) {
      lastId.accumulateAndGet(job.jobId(), Math::max);
      JobRecord record = new JobRecord(job, directory, clock);
      Led led =
          job.status().terminal()
              ? null
              : led(
                  record, TaskReader.read(directory.yaml(job.jobId()), job.submission().jobName()));
      add(new Entry(record, led));
    }
  }

  /**
   * Takes a job and returns at once.
   *
   * @param task what is to be run
   * @param yaml the text that it was read from
   * @return the job in its first state
   * @throws dev.wrinklefree.sandbox.skypilot.request.RequestFailedException if the task names a
   *     secret that the server does not have
   */
  public ManagedJob launch(
      Task task, String yaml, String userHash, String userName, String entrypoint) {
    environment.requireSecrets(task);
    JobSubmission submission =
        new JobSubmission(
            task.jobName(),
            task.name(),
            userHash,
            userName,
            entrypoint,
            task.candidates().getFirst().display(),
            task.priority(),
            task.labels(),
            task.metadata(),
            task.redactedYaml(),
            clock.instant());
    ManagedJob job = new ManagedJob(lastId.incrementAndGet(), submission, JobState.pending());
    directory.create(job, yaml);
    JobRecord record = new JobRecord(job, directory, clock);
    add(new Entry(record, led(record, task)));
    return job;
  }

  /**
   * Takes a job up as it is recorded, and leaves it so: nobody leads it, it is not written to disk,
   * and a cancellation has no effect. Replaces a job with its id unless that one is led.
   *
   * @return whether it was taken up
   */
  public boolean adopt(ManagedJob job) {
    lastId.accumulateAndGet(job.jobId(), Math::max);
    Entry adopted = new Entry(new JobRecord(job, directory, clock), null);
    return jobs.merge(job.jobId(), adopted, (old, now) -> old.led() == null ? now : old)
        .equals(adopted);
  }

  /** All jobs in the order of their ids. */
  public List<ManagedJob> all() {
    return jobs.values().stream().map(entry -> entry.record().job()).toList();
  }

  /** One job. */
  public Optional<ManagedJob> find(int jobId) {
    return entry(jobId).map(entry -> entry.record().job());
  }

  /** What the job printed. */
  public Optional<JobLog> log(int jobId) {
    return entry(jobId).map(entry -> entry.record().log());
  }

  /** What the job's controller did. */
  public Optional<JobLog> controllerLog(int jobId) {
    return entry(jobId).map(entry -> entry.record().controllerLog());
  }

  /** Asks for a job's cancellation; nothing happens when it is over or unknown. */
  public void cancel(int jobId) {
    led(jobId).ifPresent(led -> led.controller().signal(new JobSignal.Cancel()));
  }

  /**
   * Takes a job's machine away.
   *
   * @return whether it had one
   */
  public CompletableFuture<Boolean> preempt(int jobId) {
    return led(jobId)
        .map(led -> led.controller().preempt())
        .orElseGet(() -> CompletableFuture.completedFuture(false));
  }

  /** Kills all processes of jobs; the records stay as they are, for the next server. */
  @Override
  public void close() {
    List<Led> all =
        jobs.values().stream().flatMap(entry -> Stream.ofNullable(entry.led())).toList();
    all.forEach(led -> led.controller().signal(new JobSignal.Close()));
    for (Led led : all) {
      try {
        if (!led.thread().join(CLOSE_TIME)) {
          LOGGER.error("A job's controller did not end in time");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    jobs.values().forEach(entry -> entry.record().close());
  }

  private Led led(JobRecord record, Task task) {
    JobController controller =
        new JobController(record, task, preflight, environment, timings, machines(record.jobId()));
    return new Led(
        controller,
        Thread.ofPlatform().daemon().name("job-" + record.jobId()).unstarted(controller));
  }

  private Machine.Maker machines(int jobId) {
    if (program == null) {
      Path machine = directory.of(jobId).resolve("machine");
      return (variables, log) -> new JobMachine(machine, variables, log);
    }
    return (variables, log) -> new ProgramMachine(program, variables, log);
  }

  private void add(Entry entry) {
    jobs.put(entry.record().jobId(), entry);
    if (entry.led() != null) {
      entry.led().thread().start();
    }
  }

  private Optional<Entry> entry(int jobId) {
    return Optional.ofNullable(jobs.get(jobId));
  }

  private Optional<Led> led(int jobId) {
    return entry(jobId).map(Entry::led);
  }
}
