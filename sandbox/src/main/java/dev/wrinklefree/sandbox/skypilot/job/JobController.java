package dev.wrinklefree.sandbox.skypilot.job;

import static java.util.Objects.requireNonNull;

import dev.wrinklefree.sandbox.skypilot.task.Placement;
import dev.wrinklefree.sandbox.skypilot.task.Preflight;
import dev.wrinklefree.sandbox.skypilot.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads one job through its life, on a thread of its own. Others talk to it by signals. */
final class JobController implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobController.class);

  private final JobRecord record;
  private final Task task;
  private final Preflight preflight;
  private final JobEnvironment environment;
  private final JobTimings timings;
  private final Machine.Maker machines;
  private final BlockingQueue<JobSignal> signals = new LinkedBlockingQueue<>();
  private int restartsOnErrors;
  private volatile boolean over;

  JobController(
      JobRecord record,
      Task task,
      Preflight preflight,
      JobEnvironment environment,
      JobTimings timings,
      Machine.Maker machines) {
    this.record = requireNonNull(record, "record is null");
    this.task = requireNonNull(task, "task is null");
    this.preflight = requireNonNull(preflight, "preflight is null");
    this.environment = requireNonNull(environment, "environment is null");
    this.timings = requireNonNull(timings, "timings is null");
    this.machines = requireNonNull(machines, "machines is null");
  }

  void signal(JobSignal signal) {
    signals.add(signal);
  }

  /** How a wait or an attempt ended. */
  private enum Turn {
    GO_ON,
    RECOVER,
    CANCEL,
    ENDED,
    CLOSE
  }

  @Override
  public void run() {
    try {
      Turn turn = lead();
      if (turn == Turn.CANCEL) {
        cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOGGER.atError().addKeyValue("jobId", record.jobId()).setCause(e).log("Job controller died");
      record.end(JobStatus.FAILED_CONTROLLER, "The controller of the sandbox failed: " + e);
    } finally {
      over = true;
      refuseTheRest();
    }
  }

  private Turn lead() throws InterruptedException, IOException {
    JobStatus found = record.job().status();
    if (found == JobStatus.CANCELLING) {
      return Turn.CANCEL;
    }
    if (found == JobStatus.PENDING) {
      Turn turn = pause(timings.queue());
      if (turn != Turn.GO_ON) {
        return turn;
      }
    }
    // A server that starts again finds its machines gone: what had run is recovered.
    boolean recovering = found == JobStatus.RUNNING || found == JobStatus.RECOVERING;
    if (recovering) {
      record.recovering("The server was restarted");
    } else {
      record.starting();
    }
    Preflight.Result result = preflight.check(task);
    if (result instanceof Preflight.Result.Infeasible infeasible) {
      record.end(JobStatus.FAILED_PRECHECKS, infeasible.reason());
      return Turn.ENDED;
    }
    Placement placement = ((Preflight.Result.Feasible) result).placement();
    Turn turn = pause(recovering ? timings.recovery() : timings.provisioning());
    while (turn == Turn.GO_ON) {
      turn = attempt(placement);
      if (turn == Turn.RECOVER) {
        turn = pause(timings.recovery());
      }
    }
    return turn;
  }

  private Turn attempt(Placement placement) throws InterruptedException, IOException {
    record.running(placement);
    try (Machine machine =
        machines.make(environment.of(record.job(), task, placement), record.log())) {
      Turn turn = phase(machine, "setup", task.setup(), JobStatus.FAILED_SETUP);
      if (turn == Turn.GO_ON) {
        turn = phase(machine, "run", task.run(), JobStatus.FAILED);
      }
      if (turn == Turn.GO_ON) {
        record.end(JobStatus.SUCCEEDED, null);
        return Turn.ENDED;
      }
      return turn;
    }
  }

  private Turn phase(Machine machine, String name, @Nullable String script, JobStatus failure)
      throws InterruptedException, IOException {
    if (script == null) {
      return Turn.GO_ON;
    }
    Machine.Script started =
        machine.start(
            name,
            script,
            id ->
                name.equals("setup")
                    ? "(setup pid=%d) ".formatted(id)
                    : "(%s, pid=%d) ".formatted(task.name(), id));
    started.exitCode().thenAccept(code -> signal(new JobSignal.Exited(started.id(), code)));
    while (true) {
      switch (signals.take()) {
        case JobSignal.Exited exited -> {
          if (exited.scriptId() == started.id()) {
            machine.stop();
            return exited.exitCode() == 0 ? Turn.GO_ON : failed(exited.exitCode(), failure);
          }
        }
        case JobSignal.Preempt preempt -> {
          machine.stop();
          record.recovering("The job cluster is preempted or failed.");
          preempt.answer().complete(true);
          return Turn.RECOVER;
        }
        case JobSignal.Cancel cancel -> {
          record.cancelling();
          machine.stop();
          return Turn.CANCEL;
        }
        case JobSignal.Close close -> {
          machine.stop();
          return Turn.CLOSE;
        }
      }
    }
  }

  private Turn failed(int exitCode, JobStatus failure) {
    if (task.recovery().restarts(exitCode, restartsOnErrors)) {
      if (task.recovery().counts(exitCode)) {
        restartsOnErrors++;
      }
      record.recovering("User program failed with exit code " + exitCode + "; starting it again");
      return Turn.RECOVER;
    }
    // SkyPilot knows the exit code of a run alone.
    String what =
        failure == JobStatus.FAILED
            ? "Job exited with exit code " + exitCode
            : "Job failed (" + failure + ")";
    record.end(
        failure,
        "%s (user program failure). To see the details, run: sky jobs logs --controller %d"
            .formatted(what, record.jobId()));
    return Turn.ENDED;
  }

  private Turn pause(Duration duration) throws InterruptedException {
    long deadline = System.nanoTime() + duration.toNanos();
    while (true) {
      JobSignal signal = signals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      switch (signal) {
        case null -> {
          return Turn.GO_ON;
        }
        case JobSignal.Cancel cancel -> {
          return Turn.CANCEL;
        }
        case JobSignal.Close close -> {
          return Turn.CLOSE;
        }
        case JobSignal.Preempt preempt -> preempt.answer().complete(false);
        case JobSignal.Exited exited ->
            LOGGER.debug("A script of a machine that is gone has ended");
      }
    }
  }

  private void cancel() throws InterruptedException {
    if (record.job().status() == JobStatus.PENDING) {
      record.end(JobStatus.CANCELLED, null);
      return;
    }
    record.cancelling();
    if (pause(timings.teardown()) != Turn.CLOSE) {
      record.end(JobStatus.CANCELLED, null);
    }
  }

  /** Answers those who came too late. */
  private void refuseTheRest() {
    for (JobSignal signal = signals.poll(); signal != null; signal = signals.poll()) {
      if (signal instanceof JobSignal.Preempt preempt) {
        preempt.answer().complete(false);
      }
    }
  }

  CompletableFuture<Boolean> preempt() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    signal(new JobSignal.Preempt(answer));
    // Whoever looks last, this method or the end of run(), finds the signal and answers it.
    if (over) {
      refuseTheRest();
    }
    return answer;
  }
}
