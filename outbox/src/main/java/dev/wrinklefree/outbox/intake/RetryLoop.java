package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.outbox.retry.Backoff;
import dev.wrinklefree.outbox.retry.FailureKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries an attempt until it succeeds, fails for good, or the process stops. */
final class RetryLoop {

  private static final Logger LOGGER = LoggerFactory.getLogger(RetryLoop.class);

  private final Backoff backoff;
  private final int maxTries;
  private final CountDownLatch stopped = new CountDownLatch(1);

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
    int failures = 0;
    int permanent = 0;
    while (true) {
      try {
        return attempt.run();
      } catch (RuntimeException | Error e) {
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

  /** Ends all waiting, now and later, with {@link IntakeStoppedException}. */
  void stop() {
    stopped.countDown();
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
