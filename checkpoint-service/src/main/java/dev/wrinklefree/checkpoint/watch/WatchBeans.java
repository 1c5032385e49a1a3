package dev.wrinklefree.checkpoint.watch;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.wrinklefree.checkpoint.diff.PrefixComparison;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.unattributed.UnattributedConfig;
import dev.wrinklefree.outbox.watching.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the plain parts of watching beans, and its two recurring tasks. */
@Singleton
class WatchBeans {

  private static final Logger LOGGER = LoggerFactory.getLogger(WatchBeans.class);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

  /** Of a listing to be recorded with others: less than what tells of a checkpoint may take. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  /** Makes them now, so that a contradiction in the configuration ends the start. */
  void check(
      @Observes StartupEvent start,
      ListingPace pace,
      PrefixComparison comparison,
      BucketLanes lanes,
      WatchMeters meters) {
    LOGGER.info("Runs are listed at {}", pace);
  }

  @Produces
  @Singleton
  PrefixComparison prefixComparison(WatchConfig config) {
    return new PrefixComparison(config.saveWindow());
  }

  @Produces
  @Singleton
  ListingComparison listingComparison(
      PrefixComparison comparison, CheckpointRepository checkpoints, WatchConfig config) {
    return new ListingComparison(
        comparison, checkpoints, new SettledListings(config.rememberedObjects()));
  }

  @Produces
  @Singleton
  ListingPace listingPace(WatchConfig config) {
    return new ListingPace(
        config.interval(), config.idleAfter(), config.idleInterval(), config.giveUpAfter());
  }

  @Produces
  @Singleton
  BucketLanes bucketLanes(WatchConfig config) {
    return new BucketLanes(config.listingsPerBucket(), CLOSE_PATIENCE);
  }

  @Produces
  @Singleton
  PendingFindings pendingFindings(WatchConfig config) {
    return new PendingFindings(
        config.listingsPerTransaction(), config.checkpointsPerTransaction(), LONGEST_WAIT);
  }

  @Produces
  @Singleton
  BucketPauses bucketPauses(WatchConfig config) {
    return new BucketPauses(config.interval(), config.idleInterval());
  }

  @Produces
  @Singleton
  WatchMeters watchMeters(MeterRegistry registry) {
    return new WatchMeters(registry);
  }

  @Produces
  @Singleton
  Watch checkpointWatcher(WatchConfig config) {
    return new Watch("checkpoint-watcher", config.interval());
  }

  void close(@Disposes BucketLanes lanes) {
    lanes.close();
  }

  @Produces
  @Singleton
  RecurringTask<Void> checkpointWatch(CheckpointWatcher watcher, WatchConfig config) {
    // A sweep finds what a notification asked for, if the listing could not begin at once.
    Duration interval =
        config.notifications().subscription().isPresent() ? config.leastGap() : config.interval();
    // Half an interval keeps a run from being missed by a sweep that comes a little early.
    Duration tolerance = interval.dividedBy(2);
    return Tasks.recurring("checkpoint-watch", new EveryInterval(interval))
        .execute((instance, context) -> watcher.sweep(tolerance));
  }

  @Produces
  @Singleton
  RecurringTask<Void> unattributedWatch(UnattributedWatcher watcher, UnattributedConfig config) {
    return Tasks.recurring("unattributed-watch", new EveryInterval(config.interval()))
        .execute((instance, context) -> watcher.sweep());
  }
}
