package dev.wrinklefree.checkpoint.watch;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for slow work, a few for each bucket, so that a bucket that does not answer holds up its
 * own work only. Platform threads: a listing may block inside a monitor, which pins a virtual
 * thread to one of the few carriers that all share.
 */
final class BucketLanes implements AutoCloseable {

  private static final Duration THREAD_IDLE_TIME = Duration.ofSeconds(30);

  private final int threadsPerBucket;
  private final Duration closePatience;
  private final Map<String, ThreadPoolExecutor> lanes = new ConcurrentHashMap<>();
  private final Set<Object> inProgress = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param threadsPerBucket at least 1
   * @param closePatience how long closing waits for work in progress
   * @throws IllegalArgumentException if there are no threads
   */
  BucketLanes(int threadsPerBucket, Duration closePatience) {
    if (threadsPerBucket < 1) {
      throw new IllegalArgumentException("a bucket needs a thread, not " + threadsPerBucket);
    }
    this.threadsPerBucket = threadsPerBucket;
    this.closePatience = closePatience;
  }

  /**
   * Does some work soon, unless work of the same key waits or is in progress, or this is closed.
   *
   * @param bucket whose lane to use
   * @param key what the work is about
   * @return whether the work was taken
   */
  boolean submit(String bucket, Object key, Runnable work) {
    if (closed || !inProgress.add(key)) {
      return false;
    }
    try {
      lanes
          .computeIfAbsent(bucket, this::lane)
          .execute(
              () -> {
                try {
                  work.run();
                } finally {
                  inProgress.remove(key);
                }
              });
      return true;
    } catch (RejectedExecutionException e) {
      // Closed in between; whoever takes over does the work.
      inProgress.remove(key);
      return false;
    }
  }

  /** Whether work for a bucket waits for a thread. */
  boolean hasWaiting(String bucket) {
    ThreadPoolExecutor lane = lanes.get(bucket);
    return lane != null && !lane.getQueue().isEmpty();
  }

  /** Drops what waits, and waits a little for what is in progress. */
  @Override
  public void close() {
    closed = true;
    lanes.values().forEach(ThreadPoolExecutor::shutdownNow);
    long deadline = System.nanoTime() + closePatience.toNanos();
    try {
      for (ThreadPoolExecutor lane : lanes.values()) {
        lane.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ThreadPoolExecutor lane(String bucket) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor lane =
        new ThreadPoolExecutor(
            threadsPerBucket,
            threadsPerBucket,
            THREAD_IDLE_TIME.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread =
                  new Thread(work, "listing-" + bucket + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }
}
