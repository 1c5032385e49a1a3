package dev.wrinklefree.launch.cancellation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.wrinklefree.launch.work.DurableTask;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the tasks that end jobs, for those who schedule them and for those who run them. */
@Singleton
class CancellationBeans {

  @Produces
  @Singleton
  CancelTask cancelTask(SchedulerClient scheduler) {
    return new CancelTask(scheduler);
  }

  @Produces
  @Singleton
  LookPlan lookPlan(StrayConfig config) {
    return new LookPlan(config.looks());
  }

  @Produces
  @Singleton
  StrayTask strayTask(SchedulerClient scheduler, LookPlan plan) {
    return new StrayTask(scheduler, plan);
  }

  @Produces
  @Singleton
  Task<StrayWatch> strayWork(StrayWorker worker, Clock clock) {
    return DurableTask.withData(StrayTask.DESCRIPTOR, clock, worker::look);
  }

  @Produces
  @Singleton
  Task<Void> cancelWork(CancelWorker worker, Clock clock) {
    return DurableTask.of(CancelTask.DESCRIPTOR, clock, worker::advance);
  }
}
