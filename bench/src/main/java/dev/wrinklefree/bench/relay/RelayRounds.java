package dev.wrinklefree.bench.relay;

import dev.wrinklefree.bench.bed.Arrivals;
import dev.wrinklefree.bench.bed.JavaPeer;
import dev.wrinklefree.bench.bed.Pace;
import dev.wrinklefree.bench.figure.Percentiles;
import dev.wrinklefree.bench.launch.Requests;
import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Single measurements of the relay of a running launch-service, and of its two peers. */
final class RelayRounds {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final double NANOS_PER_SECOND = 1e9;

  private final OutboxRows outbox;
  private final Requests requests;
  private final Arrivals relayed;
  private final JavaPeer producer;
  private final Arrivals produced;
  private final JavaPeer inserts;
  private int rounds;

  RelayRounds(
      OutboxRows outbox,
      Requests requests,
      Arrivals relayed,
      JavaPeer producer,
      Arrivals produced,
      JavaPeer inserts) {
    this.outbox = outbox;
    this.requests = requests;
    this.relayed = relayed;
    this.producer = producer;
    this.produced = produced;
    this.inserts = inserts;
  }

  /**
   * Appends rows in one transaction and waits until the broker has all. The relay is woken as in
   * production, by an event that the service itself commits: that of a request that it rejects.
   *
   * @param perRun how many rows each run has
   * @return rows per second, from the commit to the last record
   */
  double relayBacklog(int rows, int perRun)
      throws SQLException, InterruptedException, TimeoutException {
    String prefix = nextPrefix();
    relayed.expect(IntStream.range(0, rows).mapToObj(i -> prefix + i / perRun).toList());
    outbox.append(prefix, rows, perRun);
    Instant begin = Instant.now();
    requests.sendInvalid(Topic.LAUNCH_REQUESTED.topicName(), prefix + "wake");
    return perSecond(rows, begin, relayed.await(LIMIT));
  }

  /** The same records per second from a plain producer. */
  double produce(int records) throws IOException, InterruptedException, TimeoutException {
    String prefix = nextPrefix();
    produced.expect(keys(prefix, records));
    Instant begin = Instant.now();
    producer.tell("%s %d 0".formatted(prefix, records));
    Instant end = produced.await(LIMIT);
    sentTimes(records);
    return perSecond(records, begin, end);
  }

  /** Rows of the same size per second that are inserted and committed one by one. */
  double insert(int rows) throws IOException {
    inserts.tell("%s %d".formatted(nextPrefix(), rows));
    return rows / (Long.parseLong(inserts.line()) / NANOS_PER_SECOND);
  }

  /** From the commit of an event to its record, for events at a steady rate. */
  Percentiles relaySteadily(int events, int perSecond)
      throws SQLException, InterruptedException, TimeoutException {
    String prefix = nextPrefix();
    List<String> keys = keys(prefix, events);
    relayed.expect(keys);
    Pace pace = new Pace(perSecond);
    for (String key : keys) {
      pace.awaitNext();
      requests.sendInvalid(Topic.LAUNCH_REQUESTED.topicName(), key);
    }
    relayed.await(LIMIT);
    Map<String, Instant> commits = outbox.commits(prefix);
    return latencies(keys, relayed, key -> Objects.requireNonNull(commits.get(key)));
  }

  /** From the plain producer's call to the record, at the same rate. */
  Percentiles produceSteadily(int records, int perSecond)
      throws IOException, InterruptedException, TimeoutException {
    String prefix = nextPrefix();
    List<String> keys = keys(prefix, records);
    produced.expect(keys);
    producer.tell("%s %d %d".formatted(prefix, records, perSecond));
    produced.await(LIMIT);
    List<Instant> sent = sentTimes(records);
    return latencies(
        keys, produced, key -> sent.get(Integer.parseInt(key.substring(prefix.length()))));
  }

  private interface Begin {
    Instant of(String key);
  }

  private static Percentiles latencies(List<String> keys, Arrivals arrivals, Begin begin) {
    return Percentiles.of(
        keys.stream()
            .mapToLong(key -> Duration.between(begin.of(key), arrivals.of(key)).toNanos())
            .toArray());
  }

  private List<Instant> sentTimes(int records) throws IOException {
    Instant[] times = new Instant[records];
    for (int i = 0; i < records; i++) {
      times[i] = Instant.EPOCH.plus(Long.parseLong(producer.line()), ChronoUnit.MICROS);
    }
    producer.line();
    return List.of(times);
  }

  private String nextPrefix() {
    rounds++;
    return "relay-%d-".formatted(rounds);
  }

  private static List<String> keys(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static double perSecond(int count, Instant begin, Instant end) {
    return count / (Duration.between(begin, end).toNanos() / NANOS_PER_SECOND);
  }
}
