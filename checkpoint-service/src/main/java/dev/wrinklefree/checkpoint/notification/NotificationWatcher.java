package dev.wrinklefree.checkpoint.notification;

import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.watch.CheckpointWatcher;
import dev.wrinklefree.checkpoint.watch.WatchConfig;
import dev.wrinklefree.checkpoint.watch.WatchConfig.Notifications;
import dev.wrinklefree.outbox.retry.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the runs of which a notification tells. Each replica pulls; Pub/Sub divides the messages.
 */
@ApplicationScoped
class NotificationWatcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(NotificationWatcher.class);

  private final RunRepository runs;
  private final CheckpointWatcher watcher;
  private final WatchConfig config;
  private final MeterRegistry metrics;
  private final Clock clock;
  private @Nullable NotificationLoop loop;

  NotificationWatcher(
      RunRepository runs,
      CheckpointWatcher watcher,
      WatchConfig config,
      MeterRegistry metrics,
      Clock clock) {
    this.runs = runs;
    this.watcher = watcher;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Late: what a listing needs has observed the start by then. */
  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    Notifications notifications = config.notifications();
    notifications.subscription().ifPresent(name -> start(notifications, name));
  }

  /** Does not wait for the pull that is under way: what it gets is delivered again. */
  void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
    if (loop != null) {
      loop.stop();
    }
  }

  private void start(Notifications notifications, String subscription) {
    LOGGER.info("Notifications are pulled from {}", subscription);
    loop =
        new NotificationLoop(
            new GoogleSubscription(notifications, subscription),
            this::listSoon,
            new Backoff(notifications.retryDelay(), notifications.longestRetryDelay()),
            metrics);
    Thread.ofPlatform().name("notifications").daemon().start(loop);
  }

  private void listSoon(Set<BucketPrefix> places) {
    if (runs.listSoon(places, clock.instant(), config.leastGap()) > 0) {
      watcher.sweep(Duration.ZERO);
    }
  }
}
