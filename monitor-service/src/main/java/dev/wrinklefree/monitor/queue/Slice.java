package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.util.List;
import java.util.stream.IntStream;

/** A part of the queue that one request asks for, and that can be asked for in smaller parts. */
sealed interface Slice {

  /** The request for it. */
  QueueQuery query(List<String> fields);

  /** Two or more smaller slices that make it up, in order; none if it is a single job. */
  List<Slice> parts();

  /**
   * One page of the unfinished jobs.
   *
   * @param number from 1
   * @param size jobs on a page
   */
  record Page(int number, int size) implements Slice {

    @Override
    public QueueQuery query(List<String> fields) {
      return QueueQuery.unfinished(number, size).withFields(fields);
    }

    /** Pages of a whole fraction of the size, so that they cover exactly this one. */
    @Override
    public List<Slice> parts() {
      if (size == 1) {
        return List.of();
      }
      int count =
          IntStream.rangeClosed(2, size).filter(n -> size % n == 0).findFirst().orElse(size);
      return IntStream.range(0, count)
          .<Slice>mapToObj(i -> new Page((number - 1) * count + 1 + i, size / count))
          .toList();
    }
  }

  /** Certain jobs, finished or not; at least one. */
  record Ids(List<Long> ids) implements Slice {

    @Override
    public QueueQuery query(List<String> fields) {
      return QueueQuery.ofJobs(ids).withFields(fields);
    }

    @Override
    public List<Slice> parts() {
      int half = ids.size() / 2;
      return half == 0
          ? List.of()
          : List.of(new Ids(ids.subList(0, half)), new Ids(ids.subList(half, ids.size())));
    }
  }

  /** All jobs of one name, finished or not. */
  record Name(String name) implements Slice {

    @Override
    public QueueQuery query(List<String> fields) {
      return QueueQuery.ofName(name).withFields(fields);
    }

    @Override
    public List<Slice> parts() {
      return List.of();
    }
  }
}
