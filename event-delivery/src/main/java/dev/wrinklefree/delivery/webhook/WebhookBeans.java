package dev.wrinklefree.delivery.webhook;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plain objects that the beans of webhooks share, and what is done once in a while. */
@Singleton
class WebhookBeans {

  private static final Logger LOGGER = LoggerFactory.getLogger(WebhookBeans.class);

  @Produces
  @Singleton
  DispatchSignal dispatchSignal() {
    return new DispatchSignal();
  }

  /** Made at the start, so that a key which is none is told then. */
  @Produces
  @Singleton
  @Startup
  SecretBox secretBox(WebhookConfig config) {
    List<String> keys = new ArrayList<>();
    config.key().filter(key -> !key.isBlank()).ifPresent(keys::add);
    if (!keys.isEmpty()) {
      config.formerKeys().ifPresent(keys::addAll);
    }
    return SecretBox.of(keys, new SecureRandom());
  }

  @Produces
  @Singleton
  RecurringTask<Void> webhookPruning(
      WebhookConfig config,
      SubscriptionRepository subscriptions,
      DeliveryRepository deliveries,
      Clock clock) {
    return Tasks.recurring("webhook-pruning", FixedDelay.of(config.pruneInterval()))
        .execute(
            (instance, context) -> {
              Instant now = clock.instant();
              deliveries.dropDisabled(now);
              int letters = deliveries.forgetDeadLetters(now.minus(config.deadLetterRetention()));
              int ended = subscriptions.endIdle(now.minus(config.runIdleLimit()));
              if (letters + ended > 0) {
                LOGGER.info("Forgot {} dead letters, ended {} idle webhooks", letters, ended);
              }
            });
  }
}
