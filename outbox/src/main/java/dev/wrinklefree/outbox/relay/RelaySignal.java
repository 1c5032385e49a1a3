package dev.wrinklefree.outbox.relay;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the relay when a transaction with events has committed in this process. */
public final class RelaySignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private long wakes;

  /**
   * Wakes the thread that has waited longest, and lets the next wait of every thread that works now
   * return at once. One is enough for what has committed: a second would find it taken.
   */
  public void wake() {
    lock.lock();
    try {
      wakes++;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes every thread: something has changed for all of them. */
  void wakeAll() {
    lock.lock();
    try {
      wakes++;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How often there was a wake so far; taken before work begins, so that none is missed. */
  public long count() {
    lock.lock();
    try {
      return wakes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there was a wake after {@code seen}, or for at most that time.
   *
   * @param seen an earlier {@link #count()}
   */
  public void await(long seen, Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (wakes == seen && nanos > 0) {
        nanos = woken.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits in any case. */
  static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
