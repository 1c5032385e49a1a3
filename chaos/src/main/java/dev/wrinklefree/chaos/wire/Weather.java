package dev.wrinklefree.chaos.wire;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How a link is: fine, slow, silent or down. Thread-safe. */
final class Weather {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean down;
  private int silences;

  /** Adds a delay to every message; zero takes it away. */
  void slow(Duration newDelay) {
    delay = newDelay;
  }

  /** Refuses connections or takes them again. */
  void down(boolean isDown) {
    down = isDown;
  }

  boolean isDown() {
    return down;
  }

  /**
   * Holds back all messages, as a cable does that was pulled, until as many calls of {@link
   * #resume}.
   */
  void silence() {
    lock.lock();
    try {
      silences++;
    } finally {
      lock.unlock();
    }
  }

  /** Takes one {@link #silence} back. */
  void resume() {
    lock.lock();
    try {
      silences--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a message through when it is its time. */
  void pass() throws InterruptedException {
    Duration wait = delay;
    if (!wait.isZero()) {
      // The delay is what is simulated here, there is no event to wait for.
      Thread.sleep(wait);
    }
    lock.lockInterruptibly();
    try {
      while (silences > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
