package dev.wrinklefree.bench.soak;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Looks at all services from outside, again and again. For one thread. */
final class Watch implements AutoCloseable {

  private static final double BYTES_PER_KIBIBYTE = 1_024;
  private static final String DATABASE_FIGURES =
      """
      SELECT (SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()),
             (SELECT count(*) FROM outbox_event),
             (SELECT count(*) FROM scheduled_tasks),
             (SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
               WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace)
      """;

  private final List<Watched> watched = new ArrayList<>();
  private final Admin admin;

  private record Watched(
      String name, RunningService service, Connection database, Map<Quantity, Series> series) {

    void add(Quantity quantity, double value) {
      series.computeIfAbsent(quantity, first -> new Series()).add(value);
    }
  }

  /**
   * @param bed where their data is
   * @param services by their modules' names
   */
  Watch(Bed bed, Map<String, RunningService> services) throws SQLException {
    this.admin = Admin.create(Map.of("bootstrap.servers", bed.kafka()));
    for (Map.Entry<String, RunningService> entry : services.entrySet()) {
      String name = entry.getKey();
      String address = bed.jdbcUrl(name.replace("-service", ""));
      String user = ServiceDefinition.DATABASE_USER;
      Connection database = DriverManager.getConnection(address, user, user);
      watched.add(new Watched(name, entry.getValue(), database, new EnumMap<>(Quantity.class)));
    }
  }

  /**
   * Takes one value of everything.
   *
   * @param runs that the platform ever had, at least one
   */
  void look(long runs) throws IOException, SQLException, InterruptedException, ExecutionException {
    for (Watched one : watched) {
      ProcessUsage usage = one.service().usage();
      Path process = Path.of("/proc", Long.toString(usage.processId()));
      one.add(Quantity.MEMORY, usage.residentMebibytes());
      one.add(Quantity.THREADS, (double) entries(process.resolve("task")));
      one.add(Quantity.FILES, (double) entries(process.resolve("fd")));
      one.add(Quantity.LAG, (double) lag(one.name()));
      try (Statement statement = one.database().createStatement();
          ResultSet row = statement.executeQuery(DATABASE_FIGURES)) {
        row.next();
        one.add(Quantity.CONNECTIONS, (double) row.getLong(1));
        one.add(Quantity.BACKLOG, (double) row.getLong(2));
        one.add(Quantity.WORK, (double) row.getLong(3));
        one.add(Quantity.TABLES, row.getLong(4) / BYTES_PER_KIBIBYTE / runs);
      }
    }
  }

  /** All values so far, by service. */
  Map<String, Map<Quantity, Series>> series() {
    Map<String, Map<Quantity, Series>> all = new LinkedHashMap<>();
    watched.forEach(one -> all.put(one.name(), one.series()));
    return all;
  }

  @Override
  public void close() throws SQLException {
    admin.close();
    for (Watched one : watched) {
      one.database().close();
    }
  }

  private static long entries(Path directory) throws IOException {
    try (Stream<Path> listed = Files.list(directory)) {
      return listed.count();
    }
  }

  private long lag(String group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> ends =
        committed.keySet().stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> latest = admin.listOffsets(ends).all().get();
    long lag = 0;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
      ListOffsetsResultInfo end = latest.get(entry.getKey());
      if (entry.getValue() != null && end != null) {
        lag += Math.max(0, end.offset() - entry.getValue().offset());
      }
    }
    return lag;
  }
}
