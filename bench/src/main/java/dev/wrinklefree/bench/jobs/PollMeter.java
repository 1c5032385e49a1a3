package dev.wrinklefree.bench.jobs;

import dev.wrinklefree.bench.bed.RunningService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Reads monitor-service's own metrics. */
final class PollMeter implements AutoCloseable {

  private static final double MILLIS = 1_000;
  private static final Duration STEP = Duration.ofMillis(100);

  private final RunningService service;
  private final HttpClient http = HttpClient.newHttpClient();

  PollMeter(RunningService service) {
    this.service = service;
  }

  /**
   * The mean time of the next full polls, in milliseconds. Nothing is asked of the service
   * meanwhile.
   */
  double wallMillis(Door door, int polls) throws IOException, InterruptedException {
    // The one that is under way may have been held.
    door.awaitPasses(1);
    Reading before = read();
    door.awaitPasses(polls);
    Reading after = read();
    return (after.seconds() - before.seconds()) * MILLIS / (after.count() - before.count());
  }

  /** The time of the next poll that ends, in milliseconds, where no door counts them. */
  double wallMillisOfNext() throws IOException, InterruptedException {
    Reading before = read();
    Reading after = before;
    while (after.count() <= before.count()) {
      Thread.sleep(STEP);
      after = read();
    }
    return (after.seconds() - before.seconds()) * MILLIS / (after.count() - before.count());
  }

  /** The CPU time of all its threads in the next full polls, in milliseconds for each. */
  double cpuMillis(Door door, int polls) throws InterruptedException {
    door.shut();
    Duration before = service.usage().cpu();
    door.open();
    door.awaitPasses(polls);
    door.shut();
    double used = millis(service.usage().cpu().minus(before));
    door.open();
    return used / polls;
  }

  private record Reading(double seconds, double count) {}

  private Reading read() throws IOException, InterruptedException {
    String metrics =
        http.send(
                HttpRequest.newBuilder(service.management().resolve("/q/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    return new Reading(
        value(metrics, "wf_monitor_round_seconds_sum"),
        value(metrics, "wf_monitor_round_seconds_count"));
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  @Override
  public void close() {
    http.close();
  }
}
