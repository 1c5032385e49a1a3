package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.connection.SkyPilotServer;
import dev.wrinklefree.launch.work.Progress;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Backoff;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.connection.UserIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A process's submit worker with a connection of its own, driven as the scheduler drives it. */
final class Replica implements AutoCloseable {

  static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(1);
  static final Duration SETTLE_TIME = Duration.ofSeconds(2);

  private final SkyPilotClient client;
  private final Submission submission;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  Replica(URI skyPilot, Submissions submissions) {
    this(skyPilot, submissions, UnaryOperator.identity(), Duration.ofHours(1));
  }

  /**
   * @param perils what comes between the worker and SkyPilot
   */
  Replica(URI skyPilot, Submissions submissions, UnaryOperator<SkyPilot> perils, Duration maxAge) {
    this(
        skyPilot,
        submissions,
        perils,
        maxAge,
        new SkyPilotAccess(Clock.systemUTC(), Duration.ofMinutes(1)));
  }

  Replica(
      URI skyPilot,
      Submissions submissions,
      UnaryOperator<SkyPilot> perils,
      Duration maxAge,
      SkyPilotAccess access) {
    this.client =
        new SkyPilotClient(
            SkyPilotSettings.of(skyPilot, new UserIdentity("wrinklefree", "wrinklefree"))
                .withTimeouts(
                    new Timeouts(
                        Duration.ofMillis(500),
                        SUBMIT_TIMEOUT,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(75)))
                .withBackoff(new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), 10)));
    this.submission =
        new Submission(
            perils.apply(new SkyPilotServer(client)),
            submissions,
            new SubmissionRules(8, maxAge, SETTLE_TIME, SUBMIT_TIMEOUT, Duration.ofMillis(100)),
            new RetryPause(Duration.ofMillis(100), Duration.ofMillis(500)),
            access,
            new SubmissionMetrics(meters),
            Clock.systemUTC());
  }

  /** Takes one step. */
  Progress step(RunId runId) {
    return submission.advance(runId);
  }

  /** Works until the run's submission is done. */
  void drive(RunId runId) {
    while (submission.advance(runId) instanceof Progress.Again again) {
      try {
        Thread.sleep(again.pause());
      } catch (InterruptedException e) {
        throw new AssertionError("the test was interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
