package dev.wrinklefree.bench.costs;

import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a tick cannot do without, in plain loops. {@code integral}: the sum over each run's
 * intervals, which are in memory. {@code rows}: an event of each run into an outbox, as many in a
 * transaction as cost-service has there; that is when its tick is over. {@code events}: the same,
 * and each event to the broker and out of the outbox again; that is what cost-service's CPU time is
 * counted until. Neither reads what it adds up from a database, nor locks it, nor makes the events'
 * JSON. Reads {@code WHAT RUNS} per line, answers with milliseconds of wall and CPU time.
 */
final class BarePeer {

  private static final BigDecimal PER_HOUR = new BigDecimal("1.55");
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);
  private static final int DIGITS = 6;
  private static final double STEP_MILLIS = 10;
  private static final int BODY_BYTES = 700;
  private static final String INTEGRAL = "integral";
  private static final String ROWS = "rows";
  private static final int ROWS_PER_COMMIT = 50;

  /**
   * What a loop took.
   *
   * @param wallMillis by the clock
   * @param cpuMillis of the process
   */
  record Answer(double wallMillis, double cpuMillis) {

    static Answer parse(String line) {
      String[] parts = line.split(" ");
      return new Answer(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    Answer dividedBy(int times) {
      return new Answer(wallMillis / times, cpuMillis / times);
    }
  }

  private BarePeer() {}

  /**
   * @param arguments JDBC address of a database of its own, and the broker
   */
  public static void main(String[] arguments) throws IOException, SQLException {
    try (Connection connection =
            DriverManager.getConnection(arguments[0], ServiceDefinition.DATABASE_USER, null);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", arguments[1], "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "create table outbox (id bigint generated always as identity primary key,"
                + " run_id text not null, data bytea not null)");
        statement.execute("create index on outbox (run_id)");
      }
      connection.setAutoCommit(false);
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        String[] parts = line.split(" ");
        int runs = Integer.parseInt(parts[1]);
        long cpu = ProcessUsage.own().cpu().toNanos();
        long begin = System.nanoTime();
        if (parts[0].equals(INTEGRAL)) {
          require(integral(runs).signum() > 0);
        } else {
          rows(connection, runs, parts[0].equals(ROWS) ? null : producer);
        }
        double wall = (System.nanoTime() - begin) / 1e6;
        // The kernel counts in such steps: less than one is not nothing.
        double used = Math.max(STEP_MILLIS, (ProcessUsage.own().cpu().toNanos() - cpu) / 1e6);
        System.out.printf(Locale.ROOT, "%f %f%n", wall, used);
      }
    }
  }

  /** A run has one interval that is open, as those that cost-service is measured with. */
  private static BigDecimal integral(int runs) {
    long[] from = new long[runs];
    for (int run = 0; run < runs; run++) {
      from[run] = run;
    }
    BigDecimal all = BigDecimal.ZERO;
    for (long start : from) {
      long seconds = Math.max(60, runs + 3_600L - start);
      all =
          all.add(
              PER_HOUR
                  .multiply(BigDecimal.valueOf(seconds))
                  .divide(SECONDS_PER_HOUR, DIGITS, RoundingMode.HALF_UP));
    }
    return all;
  }

  /** Deletes the rows only where they are produced. */
  private static void rows(
      Connection connection, int runs, @Nullable KafkaProducer<String, byte[]> producer)
      throws SQLException {
    byte[] body = new byte[BODY_BYTES];
    try (PreparedStatement insert =
            connection.prepareStatement("insert into outbox (run_id, data) values (?, ?)");
        PreparedStatement delete =
            connection.prepareStatement("delete from outbox where run_id = any(?)")) {
      for (int from = 0; from < runs; from += ROWS_PER_COMMIT) {
        String[] ids =
            IntStream.range(from, Math.min(runs, from + ROWS_PER_COMMIT))
                .mapToObj(run -> CostFleet.runId(run).value())
                .toArray(String[]::new);
        for (String id : ids) {
          insert.setString(1, id);
          insert.setBytes(2, body);
          insert.executeUpdate();
        }
        connection.commit();
        if (producer != null) {
          for (String id : ids) {
            producer.send(new ProducerRecord<>(EventPeer.TO, id, body));
          }
          producer.flush();
          delete.setArray(1, connection.createArrayOf("text", ids));
          delete.executeUpdate();
          connection.commit();
        }
      }
    }
  }

  private static void require(boolean sane) {
    if (!sane) {
      throw new IllegalStateException("the sum of costs is not positive");
    }
  }
}
