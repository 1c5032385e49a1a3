package dev.wrinklefree.launch.work;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.wrinklefree.contract.value.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.MDC;

/** Work on one run that survives crashes: its task instance is the run id. */
public final class DurableTask {

  /** After a failure that the work itself did not foresee, such as a lost database. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private DurableTask() {}

  /** Puts the run's work on the schedule, with the transaction in progress, unless it is there. */
  public static void schedule(
      SchedulerClient scheduler, TaskDescriptor<Void> descriptor, RunId runId, Instant when) {
    scheduler.scheduleIfNotExists(descriptor.instance(runId.value()).scheduledTo(when));
  }

  /** The same for several runs, each at its time, in one round trip to the database. */
  public static void schedule(
      SchedulerClient scheduler, TaskDescriptor<Void> descriptor, Map<RunId, Instant> times) {
    if (times.size() == 1) {
      times.forEach((runId, when) -> schedule(scheduler, descriptor, runId, when));
    } else if (!times.isEmpty()) {
      // This fails where one is there already; the intake then repeats its work for each run alone.
      List<SchedulableInstance<?>> instances = new ArrayList<>();
      times.forEach(
          (runId, when) -> instances.add(descriptor.instance(runId.value()).scheduledTo(when)));
      scheduler.scheduleBatch(instances);
    }
  }

  /** The task that does this work. It is done by one process at a time, and again after a crash. */
  public static Task<Void> of(
      TaskDescriptor<Void> descriptor, Clock clock, Function<RunId, Progress> work) {
    return Tasks.custom(descriptor)
        .onFailureReschedule(FixedDelay.of(AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (instance, context) -> {
              try (var runId = MDC.putCloseable("runId", instance.getId())) {
                return completion(work.apply(new RunId(instance.getId())), clock);
              }
            });
  }

  /** Puts work with data on the schedule, with the transaction in progress, unless it is there. */
  public static <T> void schedule(
      SchedulerClient scheduler, TaskDescriptor<T> descriptor, RunId runId, T data, Instant when) {
    scheduler.scheduleIfNotExists(descriptor.instance(runId.value()).data(data).scheduledTo(when));
  }

  /** The task that does this work, which takes data along from time to time. */
  public static <T> Task<T> withData(
      TaskDescriptor<T> descriptor, Clock clock, BiFunction<RunId, T, Optional<Later<T>>> work) {
    return Tasks.custom(descriptor)
        .onFailureReschedule(FixedDelay.of(AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (instance, context) -> {
              try (var runId = MDC.putCloseable("runId", instance.getId())) {
                Optional<Later<T>> later =
                    work.apply(new RunId(instance.getId()), instance.getData());
                return (complete, operations) ->
                    later.ifPresentOrElse(
                        next ->
                            operations.reschedule(
                                complete, clock.instant().plus(next.pause()), next.data()),
                        operations::remove);
              }
            });
  }

  private static CompletionHandler<Void> completion(Progress progress, Clock clock) {
    return switch (progress) {
      case Progress.Done done -> (complete, operations) -> operations.remove();
      case Progress.Again again ->
          (complete, operations) ->
              operations.reschedule(complete, clock.instant().plus(again.pause()));
    };
  }
}
