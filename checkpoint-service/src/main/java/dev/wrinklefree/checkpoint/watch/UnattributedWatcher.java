package dev.wrinklefree.checkpoint.watch;

import dev.wrinklefree.checkpoint.listing.BucketLister;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.unattributed.UnattributedConfig;
import dev.wrinklefree.checkpoint.unattributed.UnattributedRepository;
import dev.wrinklefree.checkpoint.unattributed.UnattributedTally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the watched roots for objects that belong to no run. */
@ApplicationScoped
public class UnattributedWatcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(UnattributedWatcher.class);

  /** Keeps the lanes of whole roots apart from those of runs: a root may take minutes. */
  private static final String LANE_SUFFIX = " (root)";

  private final RunRepository runs;
  private final UnattributedRepository unattributed;
  private final BucketLister lister;
  private final BucketLanes lanes;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final List<BucketPrefix> roots;
  private final int limit;

  UnattributedWatcher(
      RunRepository runs,
      UnattributedRepository unattributed,
      BucketLister lister,
      BucketLanes lanes,
      MeterRegistry metrics,
      Clock clock,
      UnattributedConfig config) {
    this.runs = runs;
    this.unattributed = unattributed;
    this.lister = lister;
    this.lanes = lanes;
    this.metrics = metrics;
    this.clock = clock;
    this.roots = config.roots().stream().map(BucketPrefix::parse).toList();
    this.limit = config.limit();
  }

  void registerMetrics(@Observes StartupEvent start) {
    for (BucketPrefix root : roots) {
      // Read from the database, since the replica that is asked need not be the one that listed.
      Gauge.builder("wf.checkpoint.unattributed.objects", () -> unattributed.count(root))
          .description("Objects under a watched root that belong to no known run")
          .tag("root", root.toString())
          .register(metrics);
    }
  }

  /** Sends the roots to the lanes and returns without waiting for them. */
  public void sweep() {
    unattributed.retain(roots);
    for (BucketPrefix root : roots) {
      lanes.submit(root.bucket() + LANE_SUFFIX, root, () -> look(root));
    }
  }

  private void look(BucketPrefix root) {
    try {
      list(root);
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("root", root).setCause(e).log("Root's listing not recorded");
    }
  }

  private void list(BucketPrefix root) {
    Instant begunAt = clock.instant();
    UnattributedTally tally = new UnattributedTally(runs.prefixesIn(root.bucket()), limit);
    switch (lister.list(root, tally)) {
      case Listed listed -> unattributed.replace(root, tally, begunAt);
      case Unknown unknown ->
          LOGGER
              .atWarn()
              .addKeyValue("root", root)
              .addKeyValue("code", unknown.code())
              .addKeyValue("detail", unknown.detail())
              .log("Root not listed");
    }
  }
}
