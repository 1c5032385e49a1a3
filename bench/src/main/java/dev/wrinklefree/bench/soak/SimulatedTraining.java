package dev.wrinklefree.bench.soak;

import dev.wrinklefree.sandbox.skypilot.job.JobProgram;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * What each job of the soak does: it reports figures to W&B and writes checkpoints into the bucket,
 * over the same protocols as a trainer, and computes nothing in between.
 */
final class SimulatedTraining implements JobProgram {

  private static final int REPORTS_PER_CHECKPOINT = 3;
  private static final int STEPS_PER_REPORT = 100;

  private final TrainingClient client;
  private final Duration reportInterval;
  private final LongFunction<Optional<Duration>> lives;
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /**
   * @param client talks to the bucket and to W&B
   * @param reportInterval between two reports of one job
   * @param lives how long the n-th job trains, from 0; empty while that is not known
   */
  SimulatedTraining(
      TrainingClient client, Duration reportInterval, LongFunction<Optional<Duration>> lives) {
    this.client = client;
    this.reportInterval = reportInterval;
    this.lives = lives;
  }

  @Override
  public int run(Map<String, String> variables, Consumer<String> log) throws InterruptedException {
    long job = begun.getAndIncrement();
    TrainingClient.Run run = client.begin(variables);
    long began = System.nanoTime();
    int reports = 0;
    for (long left = left(job, began); left > 0; left = left(job, began)) {
      // The time that training takes is what is simulated here.
      Thread.sleep(Duration.ofNanos(Math.min(left, reportInterval.toNanos())));
      reports++;
      int step = reports * STEPS_PER_REPORT;
      boolean arrived = run.report(step);
      if (reports % REPORTS_PER_CHECKPOINT == 0) {
        arrived &= run.upload("checkpoint_step_%d.pt".formatted(step));
        log.accept("step " + step);
      }
      if (!arrived) {
        failed.incrementAndGet();
      }
    }
    if (!run.upload("final_checkpoint.pt") || !run.finish()) {
      failed.incrementAndGet();
    }
    return 0;
  }

  private long left(long job, long began) {
    return lives
        .apply(job)
        .map(life -> life.toNanos() - (System.nanoTime() - began))
        .orElse(reportInterval.toNanos());
  }

  /** Jobs that have begun to train. */
  long begun() {
    return begun.get();
  }

  /** Requests of jobs that the stand-ins did not take: the soak would be worth less. */
  long failed() {
    return failed.get();
  }
}
