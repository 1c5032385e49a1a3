package dev.wrinklefree.checkpoint.notification;

import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.notification.Notification.Finalized;
import dev.wrinklefree.checkpoint.notification.Notification.Irrelevant;
import dev.wrinklefree.checkpoint.notification.Subscription.Received;
import dev.wrinklefree.outbox.retry.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Pulls, asks for listings, acknowledges, again and again until it is stopped. A message is
 * acknowledged once its listing is planned for good, or if it says nothing that concerns us. All
 * that fails is tried again later; messages that were not acknowledged come again by themselves.
 */
final class NotificationLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(NotificationLoop.class);

  private final Subscription subscription;
  private final ListingWish wish;
  private final Backoff backoff;
  private final MeterRegistry metrics;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int failures;

  NotificationLoop(
      Subscription subscription, ListingWish wish, Backoff backoff, MeterRegistry metrics) {
    this.subscription = subscription;
    this.wish = wish;
    this.backoff = backoff;
    this.metrics = metrics;
  }

  /** Has prefixes listed soon. */
  interface ListingWish {

    /**
     * Plans the listing of every run whose prefix is among these, for good: it will take place even
     * if this process ends now.
     */
    void listSoon(Set<BucketPrefix> places);
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      try {
        handle(subscription.pull());
        if (failures > 0) {
          LOGGER.atInfo().addKeyValue("failures", failures).log("Notifications are pulled again");
        }
        failures = 0;
      } catch (IOException | RuntimeException e) {
        rest(e);
      }
    }
  }

  /** Ends the loop after the pull that is under way; its messages come again elsewhere. */
  void stop() {
    stopped.countDown();
  }

  private void handle(List<Received> messages) throws IOException {
    if (messages.isEmpty() || stopped.getCount() == 0) {
      return;
    }
    Set<BucketPrefix> places = new HashSet<>();
    for (Received message : messages) {
      switch (Notification.of(message.attributes())) {
        case Finalized finalized -> {
          places.addAll(finalized.places());
          count("finalized");
        }
        case Irrelevant irrelevant -> count("irrelevant");
      }
    }
    if (!places.isEmpty()) {
      wish.listSoon(places);
    }
    subscription.acknowledge(messages.stream().map(Received::ackId).toList());
  }

  private void rest(Exception failure) {
    if (stopped.getCount() == 0) {
      return;
    }
    failures++;
    count("failed");
    // Said once, not at each repetition; the metric goes on counting.
    LOGGER
        .atLevel(failures == 1 ? Level.WARN : Level.DEBUG)
        .addKeyValue("detail", String.valueOf(failure).lines().findFirst().orElse(""))
        .log("Notifications not pulled; checkpoints are found by listing alone meanwhile");
    try {
      boolean over = stopped.await(backoff.after(failures).toMillis(), TimeUnit.MILLISECONDS);
      LOGGER.atDebug().addKeyValue("stopped", over).log("Pulling again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private void count(String result) {
    metrics.counter("wf.checkpoint.notifications", "result", result).increment();
  }
}
