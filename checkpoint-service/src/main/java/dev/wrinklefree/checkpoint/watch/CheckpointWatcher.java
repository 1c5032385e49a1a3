package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.checkpoint.watch.CheckpointPublisher.Finding;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.watching.Watch;
import dev.wrinklefree.outbox.watching.WatchRecord;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Lists the prefixes of the runs that are due. */
@ApplicationScoped
public class CheckpointWatcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointWatcher.class);

  /** A run's listing could not be recorded, although the bucket answered. */
  private static final String NOT_RECORDED = "not-recorded";

  private final RunRepository runs;
  private final BucketLister lister;
  private final CheckpointPublisher publisher;
  private final BucketLanes lanes;
  private final BucketPauses pauses;
  private final WatchRecord record;
  private final Watch watch;
  private final ListingPace pace;
  private final WatchMeters meters;
  private final Clock clock;
  private final PendingFindings pending;

  CheckpointWatcher(
      RunRepository runs,
      BucketLister lister,
      CheckpointPublisher publisher,
      BucketLanes lanes,
      BucketPauses pauses,
      WatchRecord record,
      Watch watch,
      ListingPace pace,
      WatchMeters meters,
      PendingFindings pending,
      Clock clock) {
    this.runs = runs;
    this.lister = lister;
    this.publisher = publisher;
    this.lanes = lanes;
    this.pauses = pauses;
    this.record = record;
    this.watch = watch;
    this.pace = pace;
    this.meters = meters;
    this.pending = pending;
    this.clock = clock;
  }

  /**
   * Sends the due runs to the lanes and returns without waiting for them, so that one bucket that
   * does not answer delays no other. A run whose last listing is still in progress is left out. The
   * listings of a replica that dies are begun again by the replica that sweeps next.
   *
   * @param tolerance how much earlier than planned a run may be listed
   */
  public void sweep(Duration tolerance) {
    // What waits for a listing that does not end is due already.
    pending.all().forEach(this::record);
    Instant now = clock.instant();
    for (WatchedRun run : runs.dueBy(now.plus(tolerance), pace.longest())) {
      lanes.submit(run.where().bucket(), run.runId(), () -> look(run));
    }
    BucketsReport.trouble(runs.buckets(), watch.patience(), now)
        .ifPresentOrElse(
            trouble -> record.failed(watch, trouble, now), () -> record.succeeded(watch, now));
  }

  private void look(WatchedRun run) {
    String bucket = run.where().bucket();
    Instant begunAt = clock.instant();
    // Otherwise it stays due.
    if (pauses.admits(bucket, begunAt)) {
      try {
        list(run, begunAt);
      } catch (RuntimeException e) {
        failToRecord(run, begunAt, e);
      }
    }
    record(pending.due(bucket, lanes.hasWaiting(bucket), clock.instant()));
  }

  private void list(WatchedRun run, Instant begunAt) {
    Timer.Sample sample = meters.begin();
    String outcome = "error";
    List<StoredObject> objects = new ArrayList<>();
    try {
      switch (lister.list(run.where(), objects::add)) {
        case Listed listed -> {
          outcome = "listed";
          pauses.answered(run.where().bucket());
          found(publisher.compare(run, objects, begunAt));
        }
        case Unknown unknown -> {
          outcome = "unknown";
          if (unknown.concernsWholeBucket()) {
            pauses.refused(run.where().bucket(), begunAt, clock.instant());
          }
          fail(run, unknown, begunAt);
        }
      }
    } finally {
      meters.listing(sample, outcome);
    }
  }

  private void found(Finding finding) {
    if (finding.isSmall()) {
      pending.add(finding.run().where().bucket(), finding, clock.instant());
    } else {
      recordAlone(finding);
    }
  }

  private void record(List<Finding> findings) {
    if (findings.size() < 2) {
      findings.forEach(this::recordAlone);
      return;
    }
    try {
      Map<RunId, List<CheckpointWritten>> published = publisher.record(findings);
      findings.forEach(
          finding -> recorded(finding, Optional.ofNullable(published.get(finding.run().runId()))));
    } catch (RuntimeException e) {
      LOGGER.atDebug().setCause(e).log("Listings not recorded together; now one by one");
      findings.forEach(this::recordAlone);
    }
  }

  private void recordAlone(Finding finding) {
    try {
      recorded(finding, publisher.record(finding));
    } catch (RuntimeException e) {
      failToRecord(finding.run(), finding.begunAt(), e);
    }
  }

  /** Empty if another listing of the run was recorded before: this one is out of date. */
  private void recorded(Finding finding, Optional<List<CheckpointWritten>> published) {
    WatchedRun run = finding.run();
    if (published.isEmpty()) {
      meters.dropped();
      return;
    }
    if (run.failures() > 0) {
      LOGGER
          .atInfo()
          .addKeyValue("runId", run.runId())
          .addKeyValue("failures", run.failures())
          .log("Bucket listed again");
    }
    published.get().forEach(this::tell);
  }

  private void failToRecord(WatchedRun run, Instant begunAt, RuntimeException e) {
    fail(run, new Unknown(NOT_RECORDED, String.valueOf(e)), begunAt);
    LOGGER.atDebug().addKeyValue("runId", run.runId()).setCause(e).log("Listing not recorded");
  }

  private void fail(WatchedRun run, Unknown unknown, Instant begunAt) {
    meters.refused(unknown.code());
    // Said once, not at each repetition; the metric goes on counting.
    LOGGER
        .atLevel(run.failures() == 0 ? Level.WARN : Level.DEBUG)
        .addKeyValue("runId", run.runId())
        .addKeyValue("prefix", run.where())
        .addKeyValue("code", unknown.code())
        .addKeyValue("detail", unknown.detail())
        .log("Bucket not listed; tried again until it is");
    try {
      publisher.recordFailure(run, unknown.code(), begunAt);
    } catch (RuntimeException e) {
      // The run stays due, and the next sweep tries again if the database is back by then.
      LOGGER
          .atWarn()
          .addKeyValue("runId", run.runId())
          .log("Failure not recorded: {}", e.toString());
    }
  }

  private void tell(CheckpointWritten checkpoint) {
    LOGGER
        .atInfo()
        .addKeyValue("runId", checkpoint.runId())
        .addKeyValue("uri", checkpoint.uri())
        .addKeyValue("revision", checkpoint.revision())
        .log("Checkpoint written");
    meters.written(checkpoint, clock.instant());
  }
}
