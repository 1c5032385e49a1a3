package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.outbox.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class RetryLoopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RetryLoop loop =
      new RetryLoop(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), 3);

  @Test
  void letsTheAttemptThatIsUnderWayEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<String> attempt =
        inBackground(
            () -> {
              begun.countDown();
              await(mayEnd);
              return "done";
            });
    await(begun);
    assertThat(loop.drain(Duration.ofMillis(1))).isFalse();
    mayEnd.countDown();
    assertThat(loop.drain(PATIENCE)).isTrue();
    assertThat(attempt).succeedsWithin(PATIENCE).isEqualTo("done");
  }

  @Test
  void beginsNothingWhileItStopsAndKeepsTheRecordUntilItHasStopped() throws Exception {
    assertThat(loop.drain(PATIENCE)).isTrue();
    CompletableFuture<String> late = inBackground(() -> "must not run");
    assertThat(late).isNotDone();
    loop.stop();
    assertThat(late)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IntakeStoppedException.class);
  }

  /** What a handler needs may be closed by then: such a record must not become a dead letter. */
  @Test
  void holdsNoFailureAgainstARecordWhileItStops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayFail = new CountDownLatch(1);
    CompletableFuture<String> attempt =
        inBackground(
            () -> {
              begun.countDown();
              await(mayFail);
              throw new IllegalStateException("EntityManagerFactory is closed");
            });
    await(begun);
    loop.drain(Duration.ofMillis(1));
    mayFail.countDown();
    loop.stop();
    assertThat(attempt)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IntakeStoppedException.class);
  }

  private CompletableFuture<String> inBackground(RetryLoop.Attempt<String> attempt) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return loop.run(attempt, failure -> {});
          } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
