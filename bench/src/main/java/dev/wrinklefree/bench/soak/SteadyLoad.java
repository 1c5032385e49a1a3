package dev.wrinklefree.bench.soak;

import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.sandbox.platform.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * First the platform is given all jobs at once, which tells how many runs per second it can take
 * from the request to the event that says RUNNING. Then runs are asked for at a part of that rate,
 * and live so long that as many end as begin.
 */
final class SteadyLoad {

  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);
  private static final Duration FILL_LIMIT = Duration.ofMinutes(15);

  /** Each job reports as often, whatever its life is. */
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(20);

  /** An odd number without a factor in common with most sizes: spreads the first jobs' ends. */
  private static final long STRIDE = 7_919;

  private final Workbench workbench;
  private final Progress progress;
  private final int jobs;
  private final double share;

  /** Of a job; 0 until the rate is known. */
  private volatile double lifeSeconds;

  SteadyLoad(Workbench workbench, int jobs, double share) {
    this.workbench = workbench;
    this.progress = workbench.progress();
    this.jobs = jobs;
    this.share = share;
  }

  SoakReport run(Duration length) throws Exception {
    try (SoakWorld world = SoakWorld.start(workbench, REPORT_INTERVAL, this::life);
        LaunchLoad load = new LaunchLoad(world.bed().kafka());
        JobStates states = new JobStates(world.bed().kafka()).start();
        Watch watch = new Watch(world.bed(), world.services())) {
      progress.say("Asking for %d runs at once …", jobs);
      double limit = fill(load, states);
      double rate = limit * share;
      lifeSeconds = jobs / rate;
      progress.say(
          "%.1f runs/s at most; %.1f runs/s from now on, each for %.0f s",
          limit, rate, lifeSeconds);
      hold(rate, length, load, states, watch, world);
      return new SoakReport(
          limit,
          rate,
          length,
          LOOK_INTERVAL,
          load.sent(),
          states.live(),
          states.ended(),
          states.unexpected() + world.training().failed(),
          watch.series());
    }
  }

  /** The first jobs end one after the other within one life, the others after a whole one. */
  private Optional<Duration> life(long job) {
    double life = lifeSeconds;
    if (life == 0) {
      return Optional.empty();
    }
    double part = job >= jobs ? 1 : (double) (job * STRIDE % jobs + 1) / jobs;
    return Optional.of(Duration.ofMillis((long) (life * part * 1_000)));
  }

  private double fill(LaunchLoad load, JobStates states) throws InterruptedException {
    long before = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      load.send();
    }
    load.flush();
    if (!states.awaitRunning(jobs, FILL_LIMIT)) {
      throw new IllegalStateException(
          "not all of %d runs were running after %s".formatted(jobs, FILL_LIMIT));
    }
    return jobs / ((System.nanoTime() - before) / 1e9);
  }

  private void hold(
      double rate, Duration length, LaunchLoad load, JobStates states, Watch watch, SoakWorld world)
      throws Exception {
    long began = System.nanoTime();
    long filled = load.sent();
    long nextLook = began;
    int looks = 0;
    while (System.nanoTime() - began < length.toNanos()) {
      long due = filled + (long) ((System.nanoTime() - began) / 1e9 * rate);
      while (load.sent() < due) {
        load.send();
      }
      if (System.nanoTime() - nextLook >= 0) {
        nextLook += LOOK_INTERVAL.toNanos();
        watch.look(load.sent());
        if (looks++ % 6 == 0) {
          progress.say(
              "%,d runs asked for, %,d running, %,d ended, %,d training",
              load.sent(), states.live(), states.ended(), world.training().begun());
        }
      }
      // Requests are spread over time: that is the load.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
