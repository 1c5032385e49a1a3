package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.observation.Reading;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the queue. A failure is no exception here: it is a reading that is not complete, of which
 * the rows that did come are still true.
 */
public final class QueueReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(QueueReader.class);

  private final QueuePages pages;
  private final InstantSource clock;
  private final int pageSize;
  private final Consumer<SkyPilotException> onFailure;

  /** What a reading consists of. */
  @FunctionalInterface
  private interface Steps {
    void run(TolerantRead read);
  }

  /**
   * @param pages the queue
   * @param clock our clock
   * @param pageSize jobs per request, at least 1
   * @param onFailure told of each request that failed
   */
  public QueueReader(
      QueuePages pages, InstantSource clock, int pageSize, Consumer<SkyPilotException> onFailure) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("pageSize must be at least 1");
    }
    this.pages = pages;
    this.clock = clock;
    this.pageSize = pageSize;
    this.onFailure = onFailure;
  }

  /** All jobs that have not finished, with what tells their state. */
  public Reading unfinished() {
    return read(
        FieldSets.STATE,
        read -> {
          // A page counts jobs, not rows. A page of repeats means that the server does not page, or
          // that jobs moved onto it while we read; what that hides is found by its id.
          for (int number = 1; isMore(read.take(new Slice.Page(number, pageSize))); number++) {}
        });
  }

  /** One row at most: whether the queue can be read at all. */
  public Reading glance() {
    return read(FieldSets.STATE, read -> read.take(new Slice.Page(1, 1)));
  }

  /** Certain jobs, finished or not, with what tells their state. */
  public Reading jobs(Collection<Long> jobIds) {
    return byIds(jobIds, FieldSets.STATE);
  }

  /** One job, finished or not, with no more than what tells whose it is. */
  public Reading holder(long jobId) {
    return byIds(List.of(jobId), FieldSets.HOLDER);
  }

  /** Certain jobs with what tells where they run: costly for the server. */
  public Reading placements(Collection<Long> jobIds) {
    return byIds(jobIds, FieldSets.STATE_AND_PLACEMENT);
  }

  /** All jobs that bear the names of certain runs, finished or not. */
  public Reading named(Collection<RunId> runIds) {
    return read(
        FieldSets.STATE,
        read -> runIds.stream().sorted().forEach(id -> read.take(new Slice.Name(id.value()))));
  }

  private Reading byIds(Collection<Long> jobIds, FieldSets fields) {
    List<Long> ids = jobIds.stream().sorted().distinct().toList();
    return read(
        fields,
        read -> {
          for (int from = 0; from < ids.size(); from += pageSize) {
            read.take(new Slice.Ids(ids.subList(from, Math.min(from + pageSize, ids.size()))));
          }
        });
  }

  private boolean isMore(TolerantRead.Taken page) {
    return page.fresh() && page.jobs() >= pageSize;
  }

  private Reading read(FieldSets fields, Steps steps) {
    Instant readAt = clock.instant();
    TolerantRead read = new TolerantRead(pages, fields, onFailure);
    try {
      steps.run(read);
      return read.reading(readAt);
    } catch (SkyPilotException e) {
      LOGGER.atWarn().addKeyValue("reason", e.getMessage()).log("Queue could not be read");
      return read.brokenOff(readAt, String.valueOf(e.getMessage()));
    }
  }
}
