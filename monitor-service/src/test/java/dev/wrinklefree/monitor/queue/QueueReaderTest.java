package dev.wrinklefree.monitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.Rows;
import dev.wrinklefree.monitor.observation.Reading;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueueFields;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueueReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  /** A queue of unfinished jobs, newest first, that may change after each page. */
  private static final class MovingQueue implements QueuePages {
    final TreeMap<Long, JobRecord> jobs = new TreeMap<>();
    final List<QueueQuery> queries = new ArrayList<>();
    Runnable afterPage = () -> {};

    MovingQueue with(long... ids) {
      LongStream.of(ids).forEach(id -> jobs.put(id, row(id, "RUNNING")));
      return this;
    }

    @Override
    public QueuePage read(QueueQuery query) {
      queries.add(query);
      List<JobRecord> rows = new ArrayList<>(jobs.descendingMap().values());
      rows.removeIf(row -> query.skipFinished() && row.status().isTerminal());
      rows.removeIf(row -> !query.jobIds().isEmpty() && !query.jobIds().contains(row.jobId()));
      int total = rows.size();
      Integer page = query.page();
      Integer limit = query.limit();
      if (page != null && limit != null) {
        int from = Math.min((page - 1) * limit, total);
        rows = rows.subList(from, Math.min(from + limit, total));
      }
      QueuePage answer = new QueuePage(List.copyOf(rows), total, total, Map.of(), 0);
      afterPage.run();
      return answer;
    }
  }

  private final MovingQueue queue = new MovingQueue();
  private final AtomicInteger failures = new AtomicInteger();
  private final QueueReader reader =
      new QueueReader(queue, () -> NOW, 2, failure -> failures.incrementAndGet());

  @Test
  void allPagesAreReadWithFewFieldsAndWithoutFinishedJobs() {
    queue.with(1, 2, 3, 4, 5);

    Reading reading = reader.unfinished();

    assertThat(ids(reading)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    assertThat(reading.complete()).isTrue();
    assertThat(queue.queries).hasSize(3).allMatch(QueueQuery::skipFinished);
    assertThat(queue.queries).allMatch(query -> query.fields().equals(QueueFields.STATE));
  }

  @Test
  void exactMultipleOfThePageSizeEndsWithAnEmptyPage() {
    queue.with(1, 2, 3, 4);

    assertThat(ids(reader.unfinished())).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
  }

  @Test
  void jobsThatMoveDownWhileReadingAreNotDoubled() {
    queue.with(1, 2, 3, 4, 5);
    long[] next = {6};
    queue.afterPage = () -> queue.with(next[0]++);

    Reading reading = reader.unfinished();

    assertThat(ids(reading)).doesNotHaveDuplicates().contains(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void jobsThatMoveUpWhileReadingLeaveAGapAndNothingWorse() {
    queue.with(1, 2, 3, 4, 5);
    queue.afterPage = () -> queue.jobs.put(5L, row(5, "SUCCEEDED"));

    Reading reading = reader.unfinished();

    assertThat(ids(reading)).containsExactlyInAnyOrder(5L, 4L, 2L, 1L);
  }

  @Test
  void newerRowOfARepeatedTaskWins() {
    queue.with(1, 2, 3);
    queue.afterPage =
        () -> {
          queue.with(4);
          queue.jobs.put(2L, row(2, "RECOVERING"));
        };

    assertThat(reader.unfinished().rows())
        .filteredOn(row -> row.jobId() == 2)
        .extracting(JobRecord::statusText)
        .containsExactly("RECOVERING");
  }

  @Test
  void serverThatIgnoresPagingIsReadOnceMoreAtMost() {
    List<JobRecord> all = LongStream.rangeClosed(1, 5).mapToObj(id -> row(id, "RUNNING")).toList();
    AtomicInteger calls = new AtomicInteger();
    QueueReader legacy =
        new QueueReader(
            query -> {
              calls.incrementAndGet();
              return new QueuePage(all, 5, 5, Map.of(), 0);
            },
            () -> NOW,
            2,
            failure -> {});

    assertThat(ids(legacy.unfinished())).hasSize(5);
    assertThat(calls).hasValue(2);
  }

  @Test
  void failureOnALaterPageKeepsTheRowsAndIsNotComplete() {
    queue.with(1, 2, 3);
    queue.afterPage =
        () -> {
          if (queue.queries.size() == 2) {
            throw new SkyPilotException.Retryable("connection reset", null);
          }
        };

    Reading reading = reader.unfinished();

    assertThat(ids(reading)).containsExactlyInAnyOrder(3L, 2L);
    assertThat(reading.complete()).isFalse();
    assertThat(failures).hasValue(1);
  }

  @Test
  void unreadableRowMakesTheReadingIncomplete() {
    QueueReader odd =
        new QueueReader(
            query -> new QueuePage(List.of(row(1, "RUNNING")), 2, 2, Map.of(), 1),
            () -> NOW,
            2,
            failure -> {});

    assertThat(odd.unfinished().complete()).isFalse();
    assertThat(odd.jobs(Set.of(1L, 2L)).complete()).isFalse();
  }

  @Test
  void certainJobsAreReadInPortionsWhetherFinishedOrNot() {
    queue.with(1, 2, 3, 4, 5);
    queue.jobs.put(5L, row(5, "SUCCEEDED"));

    Reading reading = reader.jobs(List.of(5L, 3L, 1L, 3L));

    assertThat(ids(reading)).containsExactlyInAnyOrder(5L, 3L, 1L);
    assertThat(queue.queries)
        .extracting(QueueQuery::jobIds)
        .containsExactly(List.of(1L, 3L), List.of(5L));
  }

  @Test
  void placesAreOnlyAskedForById() {
    queue.with(1, 2);

    reader.placements(Set.of(2L));

    assertThat(queue.queries)
        .singleElement()
        .satisfies(
            query -> {
              assertThat(query.fields()).containsAll(QueueFields.PLACEMENT);
              assertThat(query.jobIds()).containsExactly(2L);
            });
  }

  private static List<Long> ids(Reading reading) {
    return reading.rows().stream().map(JobRecord::jobId).toList();
  }

  private static JobRecord row(long id, String status) {
    return Rows.of(new RunId("run-" + id), id, status).row();
  }
}
