package dev.wrinklefree.bench.checkpoints;

import dev.wrinklefree.bench.bed.Bed;
import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.bench.bed.RunningService;
import dev.wrinklefree.bench.bed.TopicReader;
import dev.wrinklefree.bench.figure.Percentiles;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/**
 * One look of checkpoint-service at all runs.
 *
 * @param wallMillis from its first request until all listings are recorded
 * @param cpuMillis of the service, until all events are on the broker
 * @param databaseCpuMillis of the database server, the same time
 * @param requests to Cloud Storage
 * @param p50Millis from the first request until the record in the middle was consumed; 0 where
 *     nothing was new
 * @param p99Millis the same of the record that comes after 99 % of them
 */
record Tick(
    double wallMillis,
    double cpuMillis,
    double databaseCpuMillis,
    double requests,
    double p50Millis,
    double p99Millis) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Where it is measured. */
  record Place(
      Bed bed,
      RunningService service,
      BucketServer server,
      SyntheticBucket bucket,
      CheckpointFleet fleet,
      TopicReader told) {

    /** Measures one with as many new objects as a checkpoint of each run has, or with none. */
    Tick measure(boolean withNews) throws SQLException, InterruptedException, TimeoutException {
      if (withNews) {
        bucket.add(Instant.now());
      }
      ProcessUsage database = new ProcessUsage(bed.postgresProcess());
      Duration cpu = service.usage().cpu();
      Duration databaseCpu = database.cpuOfAll();
      server.reset();
      Instant since = fleet.begin();
      fleet.awaitRecorded(since);
      long wall = System.nanoTime() - server.firstNanos();
      Percentiles told = null;
      if (withNews) {
        long[] at = this.told.await(fleet.followed());
        for (int i = 0; i < at.length; i++) {
          at[i] -= server.firstNanos();
        }
        told = Percentiles.of(at);
      }
      if (server.refused() > 0) {
        throw new IllegalStateException("the bucket refused a request");
      }
      return new Tick(
          wall / NANOS_PER_MILLI,
          service.usage().cpu().minus(cpu).toNanos() / NANOS_PER_MILLI,
          database.cpuOfAll().minus(databaseCpu).toNanos() / NANOS_PER_MILLI,
          server.requests(),
          told == null ? 0 : told.millis(50),
          told == null ? 0 : told.millis(99));
    }
  }
}
