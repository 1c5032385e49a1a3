package dev.wrinklefree.launch.submission;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.wrinklefree.launch.work.DurableTask;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the submit task, for those who schedule it and for the one who runs it. */
@Singleton
class SubmissionBeans {

  @Produces
  @Singleton
  SubmitTask submitTask(SchedulerClient scheduler) {
    return new SubmitTask(scheduler);
  }

  @Produces
  @Singleton
  Task<Void> submitWork(SubmitWorker worker, Clock clock) {
    return DurableTask.of(SubmitTask.DESCRIPTOR, clock, worker::advance);
  }
}
