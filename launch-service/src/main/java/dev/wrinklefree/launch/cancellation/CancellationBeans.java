package dev.wrinklefree.launch.cancellation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.wrinklefree.launch.work.DurableTask;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the cancel task, for those who schedule it and for the one who runs it. */
@Singleton
class CancellationBeans {

  @Produces
  @Singleton
  CancelTask cancelTask(SchedulerClient scheduler) {
    return new CancelTask(scheduler);
  }

  @Produces
  @Singleton
  Task<Void> cancelWork(CancelWorker worker, Clock clock) {
    return DurableTask.of(CancelTask.DESCRIPTOR, clock, worker::advance);
  }
}
