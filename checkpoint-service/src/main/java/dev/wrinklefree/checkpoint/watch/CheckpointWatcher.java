package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Lists the prefixes of the runs that are due. */
@ApplicationScoped
public class CheckpointWatcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointWatcher.class);

  private final RunRepository runs;
  private final BucketLister lister;
  private final CheckpointPublisher publisher;
  private final BucketLanes lanes;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Duration tolerance;

  CheckpointWatcher(
      RunRepository runs,
      BucketLister lister,
      CheckpointPublisher publisher,
      BucketLanes lanes,
      MeterRegistry metrics,
      Clock clock,
      WatchConfig config) {
    this.runs = runs;
    this.lister = lister;
    this.publisher = publisher;
    this.lanes = lanes;
    this.metrics = metrics;
    this.clock = clock;
    this.tolerance = config.interval().dividedBy(2);
  }

  /**
   * Sends the due runs to the lanes and returns without waiting for them, so that one bucket that
   * does not answer delays no other. A run whose last listing is still in progress is left out. The
   * listings of a replica that dies are begun again by the replica that sweeps next.
   */
  public void sweep() {
    // A sweep comes every interval; half of one keeps a run from being missed by a sweep that comes
    // a little early.
    for (WatchedRun run : runs.dueBy(clock.instant().plus(tolerance))) {
      lanes.submit(run.where().bucket(), run.runId(), () -> look(run));
    }
  }

  private void look(WatchedRun run) {
    Timer.Sample sample = Timer.start(metrics);
    String outcome = "error";
    try {
      outcome = list(run);
    } catch (RuntimeException e) {
      // Nothing was recorded, so the run stays due and the next sweep tries again.
      LOGGER.atError().addKeyValue("runId", run.runId()).setCause(e).log("Listing not recorded");
    } finally {
      sample.stop(metrics.timer("wf.checkpoint.listing", "outcome", outcome));
    }
  }

  private String list(WatchedRun run) {
    Instant begunAt = clock.instant();
    List<StoredObject> objects = new ArrayList<>();
    return switch (lister.list(run.where(), objects::add)) {
      case Listed listed -> {
        Optional<List<CheckpointWritten>> published = publisher.record(run, objects, begunAt);
        if (published.isPresent() && run.failures() > 0) {
          LOGGER
              .atInfo()
              .addKeyValue("runId", run.runId())
              .addKeyValue("failures", run.failures())
              .log("Bucket listed again");
        }
        published.ifPresent(checkpoints -> checkpoints.forEach(this::tell));
        yield published.isPresent() ? "listed" : "out-of-date";
      }
      case Unknown unknown -> {
        // Said once, not at each repetition; the metric goes on counting.
        LOGGER
            .atLevel(run.failures() == 0 ? Level.WARN : Level.DEBUG)
            .addKeyValue("runId", run.runId())
            .addKeyValue("prefix", run.where())
            .addKeyValue("code", unknown.code())
            .addKeyValue("detail", unknown.detail())
            .log("Bucket not listed; tried again until it is");
        publisher.recordFailure(run, unknown.code(), begunAt);
        yield "unknown";
      }
    };
  }

  private void tell(CheckpointWritten checkpoint) {
    LOGGER
        .atInfo()
        .addKeyValue("runId", checkpoint.runId())
        .addKeyValue("uri", checkpoint.uri())
        .addKeyValue("revision", checkpoint.revision())
        .log("Checkpoint written");
    metrics.counter("wf.checkpoint.written", "kind", checkpoint.kind().word()).increment();
    metrics
        .timer("wf.checkpoint.delay")
        .record(Duration.between(checkpoint.writtenAt(), checkpoint.seenAt()));
  }
}
