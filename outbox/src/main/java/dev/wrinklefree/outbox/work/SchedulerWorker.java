package dev.wrinklefree.outbox.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.stats.MicrometerStatsRegistry;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.logging.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the application's durable work: every {@link Task} bean, from start to shutdown. */
@ApplicationScoped
class SchedulerWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(SchedulerWorker.class);

  /** The least that db-scheduler allows. */
  private static final int MISSED_HEARTBEATS = 4;

  /** Fetch when half the threads are free, up to as many tasks as there are threads. */
  private static final double FETCH_BELOW = 0.5;

  private static final double FETCH_UP_TO = 1.0;

  private final WorkConfig config;
  private final DataSource dataSource;
  private final List<Task<?>> tasks;
  private final MeterRegistry meters;
  private final String application;
  private @Nullable Scheduler scheduler;

  SchedulerWorker(
      WorkConfig config,
      DataSource dataSource,
      @All List<Task<?>> tasks,
      MeterRegistry meters,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.config = config;
    this.dataSource = dataSource;
    this.tasks = tasks;
    this.meters = meters;
    this.application = application;
  }

  /** Late: whatever a task needs has observed the start by then. */
  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
    if (!config.enabled()) {
      LOGGER.info("Durable work is off in this process");
      return;
    }
    scheduler = scheduler();
    scheduler.start();
  }

  /** Early: a task may use all that stops after it. */
  void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
    if (scheduler != null) {
      scheduler.stop();
    }
  }

  private Scheduler scheduler() {
    List<Task<?>> recurring = new ArrayList<>();
    List<Task<?>> others = new ArrayList<>();
    tasks.forEach(task -> (task instanceof OnStartup ? recurring : others).add(task));
    return Scheduler.create(dataSource, others)
        .startTasks(startable(recurring))
        .serializer(WorkBeans.serializer())
        .jdbcCustomization(WorkBeans.customization())
        .schedulerName(new SchedulerName.Fixed(application + "-" + UUID.randomUUID()))
        .threads(config.threads())
        .pollingInterval(config.pollingInterval())
        .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
        .heartbeatInterval(config.heartbeat())
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(config.stopTimeout())
        .addExecutionInterceptor(SchedulerWorker::withLogContext)
        .statsRegistry(new MicrometerStatsRegistry(meters, tasks))
        .build();
  }

  /** A task whose instance is named for a run works for that run, and its log lines say so. */
  private static CompletionHandler<?> withLogContext(
      TaskInstance<?> instance, ExecutionContext context, ExecutionChain chain) {
    if (instance.getId().equals(RecurringTask.INSTANCE) || !RunId.isLegal(instance.getId())) {
      return chain.proceed(instance, context);
    }
    try (LogContext log = LogContext.ofRun(instance.getId(), null)) {
      return chain.proceed(instance, context);
    }
  }

  @SuppressWarnings("unchecked") // each was found to be both
  private static <T extends Task<?> & OnStartup> List<T> startable(List<Task<?>> tasks) {
    return (List<T>) (List<?>) tasks;
  }
}
