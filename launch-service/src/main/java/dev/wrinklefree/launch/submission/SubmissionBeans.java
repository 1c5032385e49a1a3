package dev.wrinklefree.launch.submission;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.wrinklefree.launch.connection.SubmitTimeout;
import dev.wrinklefree.launch.work.DurableTask;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the submit task, for those who schedule it and for the one who runs it. */
@Singleton
class SubmissionBeans {

  @Produces
  @Singleton
  SubmitTask submitTask(SchedulerClient scheduler, Submissions submissions, SubmissionRules rules) {
    return new SubmitTask(scheduler, new SubmitLine(submissions::line, rules));
  }

  /** Forgets a refusal when a waiting run should have tried again twice. */
  @Produces
  @Singleton
  SkyPilotAccess skyPilotAccess(SubmissionConfig config, Clock clock) {
    return new SkyPilotAccess(clock, config.longestBackoff().multipliedBy(2));
  }

  /** Made at the start, so that numbers which do not fit are told then. */
  @Produces
  @Singleton
  @Startup
  SubmissionRules submissionRules(SubmissionConfig config, SubmitTimeout submitTimeout) {
    return new SubmissionRules(
        config.maxInFlight(),
        config.maxAge(),
        config.settleTime(),
        submitTimeout.duration(),
        config.lookInterval());
  }

  @Produces
  @Singleton
  Task<Void> submitWork(SubmitWorker worker, Clock clock) {
    return DurableTask.of(SubmitTask.DESCRIPTOR, clock, worker::advance);
  }
}
