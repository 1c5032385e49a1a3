package dev.wrinklefree.outbox.intake;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the intake needs beside its own beans. */
@Singleton
class IntakeBeans {

  private static final Logger LOGGER = LoggerFactory.getLogger(IntakeBeans.class);

  @Produces
  @Singleton
  StalledRecords stalledRecords() {
    return new StalledRecords();
  }

  /** Deletes what the inbox need not remember any more, on one replica at a time. */
  @Produces
  @Singleton
  RecurringTask<Void> inboxPruning(InboxRepository inbox, Clock clock, IntakeConfig config) {
    return Tasks.recurring("inbox-pruning", FixedDelay.of(config.pruneInterval()))
        .execute(
            (instance, context) -> {
              int deleted = inbox.prune(clock.instant().minus(config.inboxRetention()));
              LOGGER.info("Inbox forgot {} old events", deleted);
            });
  }
}
