package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.cancellation.EndingJobs;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Failed;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import dev.wrinklefree.launch.work.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One run's life in memory: the service's own workers, a record with its rules, and a {@link
 * FakeSkyPilot}. The seed alone decides what happens: processes die before and after each call that
 * leaves them, a second replica does the same work in the middle of a call, a cancel comes at any
 * time, the server restarts. Then nothing new goes wrong, and what is left to do is done.
 */
final class Simulation {

  private static final RunId RUN = new RunId("my-run");
  private static final int TROUBLED_STEPS = 40;
  private static final int MOST_STEPS = 2_000;

  /** After this db-scheduler revives the work of a dead process. */
  private static final Duration REVIVAL = Duration.ofSeconds(10);

  /** The process dies here: nothing after it happens. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private enum Work {
    SUBMIT,
    CANCEL,
    STRAYS
  }

  private final Random chance;
  private final TestTime time = new TestTime();
  private final FakeSkyPilot skyPilot;
  private final Record record = new Record();
  private final Submission submission;
  private final EndingJobs endingJobs;
  private final Map<Work, Instant> due = new EnumMap<>(Work.class);
  private final List<String> told = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private boolean troubled = true;
  private boolean nested;

  Simulation(long seed) {
    this.chance = new Random(seed);
    this.skyPilot = new FakeSkyPilot(time, chance);
    SkyPilot reached = perilous(SkyPilot.class, skyPilot);
    this.submission =
        new Submission(
            reached,
            perilous(Submissions.class, record),
            new SubmissionRules(
                8,
                Duration.ofHours(1),
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5)),
            new RetryPause(Duration.ofSeconds(5), Duration.ofMinutes(5)),
            new SkyPilotAccess(time, Duration.ofMinutes(10)),
            new SubmissionMetrics(new SimpleMeterRegistry()),
            time);
    this.endingJobs = new EndingJobs(reached, record, time);
    due.put(Work.SUBMIT, time.instant());
  }

  /** What a simulation came to, for the test's own statistics. */
  record Outcome(RunState state, boolean cancelled, int requests, int jobs) {}

  Outcome run() {
    for (int i = 0; i < TROUBLED_STEPS; i++) {
      switch (chance.nextInt(12)) {
        case 0 -> {
          log.add("server restart");
          skyPilot.restart();
        }
        case 1 -> time.advance(Duration.ofSeconds(chance.nextInt(600)));
        case 2 -> {
          if (chance.nextInt(6) == 0) {
            requestCancel();
          }
        }
        case 3 -> {
          if (chance.nextInt(4) == 0) {
            skyPilot.endSomeJob();
          }
        }
        default -> workOnce();
      }
    }
    troubled = false;
    skyPilot.heal();
    for (int i = 0; i < MOST_STEPS && !due.isEmpty(); i++) {
      workOnce();
    }
    check();
    return new Outcome(
        record.state, record.cancelRequested, skyPilot.requestsSent(), skyPilot.jobsEver());
  }

  private void check() {
    String story = String.join("\n  ", log);
    assertThat(due).as("work that never ends\n  %s", story).isEmpty();
    List<Long> live = skyPilot.live(RUN.value());
    boolean mayLive = record.state instanceof Submitted && !record.cancelRequested;
    long expected = record.state instanceof Submitted job ? job.jobId() : -1;
    assertThat(live)
        .as("live jobs of a run that is %s\n  %s", record.state, story)
        .hasSizeLessThanOrEqualTo(mayLive ? 1 : 0);
    assertThat(live).as("the job that was told\n  %s", story).allMatch(id -> id == expected);
    assertThat(told).as("what was told\n  %s", story).hasSize(1);
  }

  private void workOnce() {
    Optional<Map.Entry<Work, Instant>> next =
        due.entrySet().stream().min(Comparator.comparing(Map.Entry::getValue));
    if (next.isEmpty()) {
      return;
    }
    Work work = next.get().getKey();
    time.advanceTo(next.get().getValue());
    log.add(time.instant() + " " + work + " in " + record.state);
    try {
      Optional<Duration> pause = work(work);
      if (pause.isPresent()) {
        due.put(work, time.instant().plus(pause.get()));
      } else {
        due.remove(work);
      }
    } catch (Crash e) {
      log.add("  dies");
      due.put(work, time.instant().plus(REVIVAL));
    }
  }

  private Optional<Duration> work(Work work) {
    return switch (work) {
      case SUBMIT -> pause(submission.advance(RUN));
      case CANCEL -> pause(endingJobs.cancel(RUN));
      case STRAYS -> endingJobs.look(RUN);
    };
  }

  private static Optional<Duration> pause(Progress progress) {
    return switch (progress) {
      case Progress.Done ignored -> Optional.empty();
      case Progress.Again again -> Optional.of(again.pause());
    };
  }

  /** As the consumer of cancel requests does. */
  private void requestCancel() {
    if (record.cancelRequested) {
      return;
    }
    log.add("cancel requested in " + record.state);
    record.cancelRequested = true;
    switch (record.state) {
      case Accepted accepted -> {
        record.state = accepted.cancelled();
        told.add("cancelled");
      }
      case Submitting ignored -> {}
      case Submitted ignored -> due.putIfAbsent(Work.CANCEL, time.instant());
      case RunState.Ended ignored -> {}
    }
  }

  /** A port at each call of which the process may die, or another may come in between. */
  private <T> T perilous(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              peril();
              try {
                Object result = method.invoke(target, arguments);
                log.add("  " + method.getName() + " = " + result);
                peril();
                return result;
              } catch (InvocationTargetException e) {
                log.add("  " + method.getName() + " ! " + e.getCause());
                throw e.getCause();
              }
            }));
  }

  private void peril() {
    if (!troubled) {
      return;
    }
    switch (chance.nextInt(30)) {
      case 0 -> throw new Crash();
      case 1 -> {
        log.add("  is held up");
        time.advance(Duration.ofSeconds(chance.nextInt(300)));
      }
      case 2 -> anotherReplica();
      case 3 -> {
        if (chance.nextInt(8) == 0) {
          requestCancel();
        }
      }
      default -> {}
    }
  }

  private void anotherReplica() {
    if (nested) {
      return;
    }
    nested = true;
    log.add("  another replica:");
    try {
      for (int steps = chance.nextInt(4); steps >= 0; steps--) {
        pause(submission.advance(RUN)).ifPresent(time::advance);
      }
    } catch (Crash e) {
      log.add("  the other dies");
    } finally {
      nested = false;
      log.add("  and back");
    }
  }

  /** The record with the rules of the one in the database. */
  private final class Record implements Submissions, EndingJobs.Book {

    private final Instant acceptedAt = time.instant();
    private RunState state = Accepted.first();
    private int failures;
    private boolean cancelRequested;

    @Override
    public Optional<Beginning.NoRoom> waiting(RunId runId, Instant acceptedAfter) {
      return Optional.empty();
    }

    @Override
    public Line line() {
      return new Line(0, 0);
    }

    @Override
    public Subject load(RunId runId) {
      RequestOrigin origin = new RequestOrigin("/test", "e-1", "e-1", null, acceptedAt);
      return new Subject(
          new Run(RUN, origin, "digest", null, "run: x", "e-2", acceptedAt, state, failures),
          cancelRequested);
    }

    @Override
    public Beginning begin(Run run, Accepted expected, Submitting next) {
      return changed(run, expected, next, run.failures())
          ? new Beginning.Begun()
          : new Beginning.Overtaken();
    }

    @Override
    public boolean changed(Run run, RunState expected, RunState next, int newFailures) {
      if (!state.equals(expected)) {
        return false;
      }
      state = next;
      failures = newFailures;
      return true;
    }

    @Override
    public boolean submitted(Run run, Submitting expected, Submitted next) {
      return tell(expected, next, "submitted");
    }

    @Override
    public boolean failed(Run run, RunState expected, Failed next) {
      return tell(expected, next, "failed");
    }

    @Override
    public boolean cancelled(Run run, Accepted expected) {
      return tell(expected, expected.cancelled(), "cancelled");
    }

    @Override
    public void endedElsewhere(RunId runId) {
      due.putIfAbsent(Work.STRAYS, endingJobs.watch(state));
    }

    @Override
    public RunState state() {
      return state;
    }

    @Override
    public boolean cancelRequested() {
      return cancelRequested;
    }

    @Override
    public void cancelled(Submitted job) {
      if (state.equals(job)) {
        state = job.cancelled();
      }
    }

    private boolean tell(RunState expected, RunState next, String word) {
      if (!state.equals(expected)) {
        return false;
      }
      state = next;
      failures = 0;
      told.add(word);
      due.putIfAbsent(Work.STRAYS, endingJobs.watch(next));
      if (next instanceof Submitted && cancelRequested) {
        due.putIfAbsent(Work.CANCEL, time.instant());
      }
      return true;
    }
  }
}
