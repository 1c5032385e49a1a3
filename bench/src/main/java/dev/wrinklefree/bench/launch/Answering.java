package dev.wrinklefree.bench.launch;

import dev.wrinklefree.bench.bed.Arrivals;
import dev.wrinklefree.bench.bed.Pace;
import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.bench.figure.Percentiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Something that answers each record of one topic by a record of the same key on another.
 *
 * @param requests sends what it is to answer
 * @param topic which it consumes
 * @param answers what it produces
 * @param process in which it runs
 */
record Answering(Requests requests, String topic, Arrivals answers, ProcessUsage process) {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Keys are never used twice, whoever answers. */
  private static final AtomicInteger ROUNDS = new AtomicInteger();

  /**
   * One backlog.
   *
   * @param perSecond answers on the broker, from the first request to the last answer
   * @param cpuMicros CPU time of the process for each
   */
  record Throughput(double perSecond, double cpuMicros) {}

  /** Sends requests as fast as the broker takes them, and waits for all answers. */
  Throughput backlog(int size) throws InterruptedException, TimeoutException {
    List<String> keys = keys(size);
    answers.expect(keys);
    Duration cpuBefore = process.cpu();
    Instant begin = Instant.now();
    keys.forEach(key -> requests.sendValid(topic, key));
    Duration taken = Duration.between(begin, answers.await(LIMIT));
    Duration cpu = process.cpu().minus(cpuBefore);
    return new Throughput(size / (taken.toNanos() / 1e9), cpu.toNanos() / 1e3 / size);
  }

  /** Sends requests at a steady rate, and tells from when to when each was answered. */
  Percentiles steady(int size, int perSecond) throws InterruptedException, TimeoutException {
    List<String> keys = keys(size);
    answers.expect(keys);
    Instant[] sent = new Instant[size];
    Pace pace = new Pace(perSecond);
    for (int i = 0; i < size; i++) {
      pace.awaitNext();
      sent[i] = Instant.now();
      requests.sendValid(topic, keys.get(i));
    }
    answers.await(LIMIT);
    long[] nanos =
        IntStream.range(0, size)
            .mapToLong(i -> Duration.between(sent[i], answers.of(keys.get(i))).toNanos())
            .toArray();
    return Percentiles.of(nanos);
  }

  private static List<String> keys(int size) {
    String prefix = "bench-%d-".formatted(ROUNDS.incrementAndGet());
    return IntStream.range(0, size).mapToObj(i -> prefix + i).toList();
  }
}
