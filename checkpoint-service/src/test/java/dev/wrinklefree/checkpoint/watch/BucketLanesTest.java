package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BucketLanesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BucketLanes lanes = new BucketLanes(2, Duration.ofMillis(200));
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    lanes.close();
  }

  @Test
  void aBucketThatDoesNotAnswerHoldsUpNoOther() throws InterruptedException {
    for (int run = 0; run < 10; run++) {
      lanes.submit("slow", "slow-" + run, this::block);
    }
    CountDownLatch done = new CountDownLatch(10);
    for (int run = 0; run < 10; run++) {
      lanes.submit("fast", "fast-" + run, done::countDown);
    }

    assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aBucketIsListedBySoManyThreadsOnly() throws InterruptedException {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(20);
    for (int run = 0; run < 20; run++) {
      lanes.submit(
          "bucket",
          run,
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            done.countDown();
          });
    }

    assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void workInProgressIsNotBegunAgain() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    lanes.submit(
        "bucket",
        "run",
        () -> {
          begun.countDown();
          block();
        });
    assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(lanes.submit("bucket", "run", () -> {})).isFalse();
    release.countDown();

    Awaitility.await().atMost(PATIENCE).until(() -> lanes.submit("bucket", "run", () -> {}));
  }

  @Test
  void workThatFailsFreesItsKey() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    try {
      lanes.submit(
          "bucket",
          "run",
          () -> {
            throw new IllegalStateException("on purpose");
          });
      Awaitility.await().atMost(PATIENCE).until(() -> lanes.submit("bucket", "run", () -> {}));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void closingDropsWhatWaits() {
    AtomicInteger begun = new AtomicInteger();
    for (int run = 0; run < 5; run++) {
      lanes.submit(
          "bucket",
          run,
          () -> {
            begun.incrementAndGet();
            block();
          });
    }

    lanes.close();

    assertThat(lanes.submit("bucket", "later", begun::incrementAndGet)).isFalse();
    assertThat(begun.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void refusesToHaveNoThreads() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BucketLanes(0, PATIENCE));
  }

  private void block() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
