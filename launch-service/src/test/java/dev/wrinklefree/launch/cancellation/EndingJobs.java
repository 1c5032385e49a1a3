package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.connection.SkyPilot;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.work.Later;
import dev.wrinklefree.launch.work.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This package's work on one run, for a test that has all of it in memory. */
public final class EndingJobs {

  /** Where the run is recorded. */
  public interface Book {

    /** The run's state. */
    RunState state();

    /** Whether its cancel was asked for. */
    boolean cancelRequested();

    /** The queue says that the run's job is cancelled. */
    void cancelled(Submitted job);
  }

  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration MAX_AGE = Duration.ofHours(24);

  private final LookPlan plan =
      new LookPlan(
          List.of(
              Duration.ofSeconds(30),
              Duration.ofMinutes(2),
              Duration.ofMinutes(10),
              Duration.ofMinutes(30)));
  private final Cancelling cancelling;
  private final StrayJobs strayJobs;
  private final InstantSource clock;
  private @Nullable StrayWatch watch;

  /** The work with that SkyPilot and that record. */
  public EndingJobs(SkyPilot skyPilot, Book book, InstantSource clock) {
    CancelRecords records = new Records(book);
    this.cancelling = new Cancelling(skyPilot, records, INTERVAL, MAX_AGE, clock);
    this.strayJobs =
        new StrayJobs(
            skyPilot,
            records,
            plan,
            new StrayMetrics(new SimpleMeterRegistry()),
            INTERVAL,
            MAX_AGE,
            clock);
    this.clock = clock;
  }

  /** Takes the cancel on. */
  public Progress cancel(RunId runId) {
    return cancelling.advance(runId);
  }

  /** Schedules the watch unless there is one, and says when it is due. */
  public Instant watch(RunState state) {
    if (watch == null) {
      watch = plan.begin(state, clock.instant());
    }
    return plan.due(watch);
  }

  /** Looks for strays; nothing if that was the last look. */
  public Optional<Duration> look(RunId runId) {
    if (watch == null) {
      throw new IllegalStateException("there is no watch");
    }
    Optional<Later<StrayWatch>> later = strayJobs.look(runId, watch);
    watch = later.map(Later::data).orElse(null);
    return later.map(Later::pause);
  }

  private static final class Records implements CancelRecords {
    private final Book book;
    private @Nullable Instant unknownSince;

    Records(Book book) {
      this.book = book;
    }

    @Override
    public Optional<Subject> load(RunId runId) {
      return Optional.of(new Subject(book.state(), book.cancelRequested()));
    }

    @Override
    public void jobKnown(RunId runId) {
      unknownSince = null;
    }

    @Override
    public Instant jobUnknown(RunId runId, Instant now) {
      if (unknownSince == null) {
        unknownSince = now;
      }
      return unknownSince;
    }

    @Override
    public void cancelled(RunId runId, Submitted job) {
      book.cancelled(job);
    }
  }
}
