package dev.wrinklefree.checkpoint.watch;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.wrinklefree.checkpoint.diff.PrefixComparison;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.unattributed.UnattributedConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Makes the plain parts of watching beans, and its two recurring tasks. */
@Singleton
class WatchBeans {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

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
