package dev.wrinklefree.sandbox.skypilot.job;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A machine that runs a {@link JobProgram} for a job's run script; its setup has nothing to do. */
final class ProgramMachine implements Machine {

  private static final Logger LOGGER = LoggerFactory.getLogger(ProgramMachine.class);
  private static final String RUN = "run";

  /** As a shell tells of a process that SIGKILL ended. */
  private static final int KILLED = 137;

  private final JobProgram program;
  private final Map<String, String> environment;
  private final JobLog log;
  private @Nullable Thread thread;

  ProgramMachine(JobProgram program, Map<String, String> environment, JobLog log) {
    this.program = program;
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  @Override
  public Script start(String phase, String script, LinePrefix prefix) {
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    if (!phase.equals(RUN)) {
      exitCode.complete(0);
      return new Script(0, exitCode);
    }
    Thread started = Thread.ofVirtual().unstarted(() -> exitCode.complete(run(prefix)));
    thread = started;
    started.start();
    return new Script(started.threadId(), exitCode);
  }

  @Override
  public void stop() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private int run(LinePrefix prefix) {
    String start = prefix.of(Thread.currentThread().threadId());
    try {
      return program.run(environment, line -> log.line(start + line));
    } catch (InterruptedException e) {
      return KILLED;
    } catch (RuntimeException e) {
      LOGGER.warn("A job's program failed", e);
      return 1;
    }
  }
}
