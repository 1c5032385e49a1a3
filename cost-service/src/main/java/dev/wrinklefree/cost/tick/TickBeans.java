package dev.wrinklefree.cost.tick;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The recurring task: on one replica at a time, taken over by another when that one dies. */
@Singleton
class TickBeans {

  @Produces
  @Singleton
  RecurringTask<Void> costTick(CostWorker worker, TickConfig config) {
    return Tasks.recurring("cost-tick", FixedDelay.of(config.interval()))
        .execute((instance, context) -> worker.tellAll());
  }
}
