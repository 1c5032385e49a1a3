package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.monitor.observation.Reading;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading under way. Where a row breaks the whole answer, fewer fields and then smaller parts
 * are asked for, down to the one job that cannot be read.
 */
final class TolerantRead {

  /**
   * Requests beyond the first of each slice. One broken row in a page of 200 takes about twenty; a
   * server that answers nothing but errors must not be asked without end.
   */
  private static final int MAX_EXTRA_REQUESTS = 50;

  /** So many jobs that cannot be read, and none that can: it is not the rows' fault. */
  private static final int HOPELESS = 3;

  private static final Logger LOGGER = LoggerFactory.getLogger(TolerantRead.class);

  private final QueuePages pages;
  private final FieldSets fields;
  private final Consumer<SkyPilotException> onFailure;
  private final Map<TaskKey, JobRecord> byTask = new LinkedHashMap<>();
  private boolean complete = true;
  private int extraRequests;
  private int skipped;

  private record TaskKey(long jobId, int taskId) {}

  /**
   * What a slice brought.
   *
   * @param jobs jobs in it, readable or not
   * @param fresh whether any of them was not there yet
   */
  record Taken(long jobs, boolean fresh) {
    private static final Taken NOTHING = new Taken(0, false);

    private Taken and(Taken more) {
      return new Taken(jobs + more.jobs, fresh || more.fresh);
    }
  }

  /**
   * @param onFailure told of each request that failed
   */
  TolerantRead(QueuePages pages, FieldSets fields, Consumer<SkyPilotException> onFailure) {
    this.pages = pages;
    this.fields = fields;
    this.onFailure = onFailure;
  }

  /**
   * Reads a slice as far as it can be read.
   *
   * @throws SkyPilotException if the server does not answer; the rows so far are kept
   */
  Taken take(Slice slice) {
    Optional<Taken> whole = attempt(slice, fields.full());
    if (whole.isPresent()) {
      return whole.get();
    }
    // For a page, before it is taken apart: that is one request in place of many.
    Optional<Taken> narrow =
        slice instanceof Slice.Page ? attemptMore(slice, fields.narrow()) : Optional.empty();
    return narrow.orElseGet(() -> takeApart(slice));
  }

  /** What came, by (job, task). */
  Reading reading(Instant readAt) {
    return Reading.answered(readAt, List.copyOf(byTask.values()), complete);
  }

  /** The same where the server stopped answering. */
  Reading brokenOff(Instant readAt, String failure) {
    return Reading.brokenOff(readAt, List.copyOf(byTask.values()), failure);
  }

  private Taken takeApart(Slice slice) {
    List<Slice> parts = slice.parts();
    if (parts.isEmpty()) {
      return attemptMore(slice, fields.narrow())
          .or(() -> attemptMore(slice, fields.bare()))
          .orElseGet(() -> skip(slice));
    }
    Taken taken = Taken.NOTHING;
    for (Slice part : parts) {
      taken = taken.and(attemptMore(part, fields.full()).orElseGet(() -> takeApart(part)));
    }
    return taken;
  }

  private Taken skip(Slice single) {
    skipped++;
    if (skipped >= HOPELESS && byTask.isEmpty()) {
      throw new SkyPilotException.Retryable("the queue gives errors whatever is asked", null);
    }
    LOGGER.warn("A job cannot be read and is left out: {}", single);
    complete = false;
    return new Taken(1, true);
  }

  private Optional<Taken> attemptMore(Slice slice, List<String> some) {
    if (extraRequests >= MAX_EXTRA_REQUESTS) {
      throw new SkyPilotException.Retryable(
          "the queue gives errors to too many narrower requests", null);
    }
    extraRequests++;
    return attempt(slice, some);
  }

  /** Empty if a row may have broken the answer. */
  private Optional<Taken> attempt(Slice slice, List<String> some) {
    try {
      return Optional.of(add(pages.read(slice.query(some))));
    } catch (SkyPilotException e) {
      onFailure.accept(e);
      if (BrokenAnswer.isRowsFault(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Of repeats the later one is newer. */
  private Taken add(QueuePage page) {
    int before = byTask.size();
    page.jobs().forEach(row -> byTask.put(new TaskKey(row.jobId(), row.taskId()), row));
    complete &= page.unreadable() == 0;
    long jobs = page.jobs().stream().mapToLong(JobRecord::jobId).distinct().count();
    return new Taken(jobs + page.unreadable(), byTask.size() > before);
  }
}
