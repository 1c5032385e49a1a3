package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.outbox.retry.Backoff;
import dev.wrinklefree.outbox.retry.FailureKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries an attempt until it succeeds, fails for good, or the process stops. */
final class RetryLoop {

  private static final Logger LOGGER = LoggerFactory.getLogger(RetryLoop.class);

  private final Backoff backoff;
  private final int maxTries;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int running;
  private volatile boolean draining;

  /**
   * @param maxTries for failures that are not transient; transient ones are tried for ever
   */
  RetryLoop(Backoff backoff, int maxTries) {
    this.backoff = backoff;
    this.maxTries = maxTries;
  }

  /** One transaction. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws UnreadableEventException;
  }

  /** Told of failures, so that health can tell. */
  interface Observer {

    /** An attempt failed and will be repeated. */
    void failed(Throwable failure);
  }

  <T> T run(Attempt<T> attempt, Observer observer) throws UnreadableEventException {
    enter();
    try {
      return tryUntilDone(attempt, observer);
    } finally {
      leave();
    }
  }

  /** Tries an attempt a single time; whatever it fails by, the caller has another way. */
  <T> T once(Attempt<T> attempt) throws UnreadableEventException {
    enter();
    try {
      return attempt.run();
    } catch (RuntimeException | Error e) {
      if (draining) {
        throw stoppedAfter(e);
      }
      throw e;
    } finally {
      leave();
    }
  }

  /**
   * Begins to stop: what is being tried may end, nothing new begins, and no failure counts any
   * more, since what the attempts need is about to be closed under them. All others wait for {@link
   * #stop}.
   *
   * @param atMost how long to wait for the attempts that are under way
   * @return whether they have ended
   */
  boolean drain(Duration atMost) throws InterruptedException {
    long giveUpAt = System.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      draining = true;
      long left = giveUpAt - System.nanoTime();
      while (running > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting, now and later, with {@link IntakeStoppedException}. */
  void stop() {
    stopped.countDown();
  }

  private <T> T tryUntilDone(Attempt<T> attempt, Observer observer)
      throws UnreadableEventException {
    int failures = 0;
    int permanent = 0;
    while (true) {
      try {
        return attempt.run();
      } catch (RuntimeException | Error e) {
        if (draining) {
          throw stoppedAfter(e);
        }
        failures++;
        observer.failed(e);
        if (FailureKind.of(e) == FailureKind.PERMANENT && ++permanent >= maxTries) {
          throw new HandlerFailedException(permanent, e);
        }
        Duration wait = backoff.after(failures);
        LOGGER.warn("Event not handled, next attempt in {}: {}", wait, e.toString());
        pause(wait, e);
      }
    }
  }

  private void enter() {
    lock.lock();
    try {
      if (!draining) {
        running++;
        return;
      }
    } finally {
      lock.unlock();
    }
    throw stoppedAfter(new IllegalStateException("the process stops"));
  }

  private void leave() {
    lock.lock();
    try {
      running--;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the record until nobody can make a dead letter of it any more. */
  private IntakeStoppedException stoppedAfter(Throwable failure) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new IntakeStoppedException(failure);
  }

  private void pause(Duration wait, Throwable failure) {
    try {
      if (stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IntakeStoppedException(failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IntakeStoppedException(failure);
    }
  }
}
