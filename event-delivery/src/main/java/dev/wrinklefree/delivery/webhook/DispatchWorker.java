package dev.wrinklefree.delivery.webhook;

import dev.wrinklefree.outbox.logging.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers: one thread claims what is due, and every attempt has a virtual thread. Not
 * db-scheduler's threads, of which slow receivers would take all from the service's own work. Any
 * number of replicas may do it; a claim is a lease in the database.
 */
@ApplicationScoped
class DispatchWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(DispatchWorker.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration COUNT_INTERVAL = Duration.ofSeconds(15);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final WebhookConfig config;
  private final DeliveryRepository deliveries;
  private final SubscriptionRepository subscriptions;
  private final ReceiverPublisher receivers;
  private final SecretBox secrets;
  private final DispatchSignal signal;
  private final Clock clock;
  private final RetryPlan plan;
  private final WebhookMeters meters;
  private final Map<String, Integer> busy = new HashMap<>();
  private int inFlight;
  private volatile boolean stopping;
  private @Nullable Thread thread;
  private @Nullable ExecutorService attempts;

  DispatchWorker(
      WebhookConfig config,
      DeliveryRepository deliveries,
      SubscriptionRepository subscriptions,
      ReceiverPublisher receivers,
      SecretBox secrets,
      DispatchSignal signal,
      Clock clock,
      MeterRegistry registry) {
    this.config = config;
    this.deliveries = deliveries;
    this.subscriptions = subscriptions;
    this.receivers = receivers;
    this.secrets = secrets;
    this.signal = signal;
    this.clock = clock;
    this.plan = new RetryPlan(config.retryDelays());
    this.meters = new WebhookMeters(registry);
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    if (config.deliver()) {
      attempts = Executors.newVirtualThreadPerTaskExecutor();
      thread = Thread.ofPlatform().name("webhook-dispatch").daemon().start(this::run);
    }
  }

  /** What is under way is cut: it will be sent again, under the same id. */
  void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
    stopping = true;
    signal.wake();
    try {
      if (thread != null) {
        thread.join(STOP_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (attempts != null) {
      attempts.shutdownNow();
    }
  }

  private void run() {
    Instant counted = Instant.MIN;
    try {
      while (!stopping) {
        long seen = signal.count();
        try {
          Instant now = clock.instant();
          if (counted.isBefore(now.minus(COUNT_INTERVAL))) {
            long[] counts = deliveries.counts();
            meters.counted(counts[0], counts[1]);
            counted = now;
          }
          if (!dispatch(now)) {
            signal.await(seen, config.idleInterval());
          }
        } catch (RuntimeException e) { // whatever it is, a dispatcher that ends delivers nothing
          LOGGER.warn("Webhooks cannot be delivered, next look in {}: {}", PAUSE, e.toString());
          signal.await(signal.count(), PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @return whether there may be more to do now
   */
  private boolean dispatch(Instant now) {
    int free;
    Map<String, Integer> underWay;
    synchronized (busy) {
      free = config.maxInFlight() - inFlight;
      underWay = Map.copyOf(busy);
    }
    if (free <= 0) {
      return false;
    }
    List<Claim> claims =
        deliveries.claim(now, now.plus(lease()), free, config.maxInFlightPerHost(), underWay);
    for (Claim claim : claims) {
      occupy(claim.host(), 1);
      executor().execute(() -> deliver(claim));
    }
    return claims.size() == free;
  }

  /** Longer than any attempt takes, the look-up of the host's name included. */
  private Duration lease() {
    return config.timeout().multipliedBy(2).plusSeconds(30);
  }

  private void deliver(Claim claim) {
    try (LogContext log = LogContext.ofRun(claim.runId(), null)) {
      settle(claim, attempt(claim));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Not recorded: it is sent again when the lease ends, under the same id.
      LOGGER.warn(
          "The outcome of a webhook is lost: subscription={}: {}",
          claim.subscriptionId(),
          e.toString());
    } finally {
      occupy(claim.host(), -1);
      signal.wake();
    }
  }

  private Attempt attempt(Claim claim) throws InterruptedException {
    List<WebhookSecret> keys = new ArrayList<>();
    try {
      keys.add(secrets.open(claim.secret(), claim.subscriptionId()));
      if (claim.formerSecret() != null) {
        keys.add(secrets.open(claim.formerSecret(), claim.subscriptionId()));
      }
    } catch (IllegalStateException e) {
      LOGGER.error("A webhook cannot be signed", e);
      return new Attempt.Unanswered("the service cannot read the secret");
    }
    return receivers.send(TargetUrl.parse(claim.url()), claim.id(), keys, claim.body());
  }

  private void settle(Claim claim, Attempt attempt) {
    Instant now = clock.instant();
    double chance = ThreadLocalRandom.current().nextDouble();
    switch (plan.after(attempt, claim.tries() + 1, claim.createdAt(), now, chance)) {
      case RetryPlan.Next.Done ignored -> {
        deliveries.delivered(claim, now);
        meters.delivered(Duration.between(claim.createdAt(), now));
      }
      case RetryPlan.Next.Again again -> {
        meters.failed();
        deliveries.postponed(claim, now, again.at(), attempt.words());
      }
      case RetryPlan.Next.Dead ignored -> {
        meters.died();
        deliveries.died(claim, now, attempt.words());
        LOGGER.warn(
            "A webhook is given up after {} tries: subscription={}: {}",
            claim.tries() + 1,
            claim.subscriptionId(),
            attempt.words());
      }
      case RetryPlan.Next.Gone ignored -> {
        meters.died();
        subscriptions.disable(claim.subscriptionId(), now, "the receiver answered 410 Gone");
        deliveries.drop(claim.subscriptionId(), now, attempt.words());
        LOGGER.info("A receiver wants no more: subscription={}", claim.subscriptionId());
      }
    }
  }

  private ExecutorService executor() {
    if (attempts == null) {
      throw new IllegalStateException("not started");
    }
    return attempts;
  }

  private void occupy(String host, int change) {
    synchronized (busy) {
      inFlight += change;
      if (busy.merge(host, change, Integer::sum) == 0) {
        busy.remove(host);
      }
    }
  }
}
