package dev.wrinklefree.checkpoint.watch;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.wrinklefree.checkpoint.diff.PrefixComparison;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.unattributed.UnattributedConfig;
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

  /** Makes them now, so that a contradiction in the configuration ends the start. */
  void check(
      @Observes StartupEvent start,
      ListingPace pace,
      PrefixComparison comparison,
      BucketLanes lanes) {
    LOGGER.info("Runs are listed at {}", pace);
  }

  @Produces
  @Singleton
  PrefixComparison prefixComparison(WatchConfig config) {
    return new PrefixComparison(config.saveWindow());
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

  void close(@Disposes BucketLanes lanes) {
    lanes.close();
  }

  @Produces
  @Singleton
  RecurringTask<Void> checkpointWatch(CheckpointWatcher watcher, WatchConfig config) {
    return Tasks.recurring("checkpoint-watch", new EveryInterval(config.interval()))
        .execute((instance, context) -> watcher.sweep());
  }

  @Produces
  @Singleton
  RecurringTask<Void> unattributedWatch(UnattributedWatcher watcher, UnattributedConfig config) {
    return Tasks.recurring("unattributed-watch", new EveryInterval(config.interval()))
        .execute((instance, context) -> watcher.sweep());
  }
}
