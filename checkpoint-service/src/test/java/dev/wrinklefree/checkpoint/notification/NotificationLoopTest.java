package dev.wrinklefree.checkpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.notification.Subscription.Received;
import dev.wrinklefree.outbox.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The loop runs in the test's own thread, until the script of pulls ends and stops it. */
class NotificationLoopTest {

  private static final Map<String, String> OBJECT =
      Map.of("eventType", "OBJECT_FINALIZE", "bucketId", "bkt", "objectId", "run/x.pt");

  private final Deque<Callable<List<Received>>> script = new ArrayDeque<>();
  private final List<String> happened = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private int databaseFailures;
  private int acknowledgementFailures;

  private final NotificationLoop loop =
      new NotificationLoop(
          new Scripted(),
          places -> {
            if (databaseFailures-- > 0) {
              throw new IllegalStateException("no database");
            }
            happened.add("planned");
          },
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
          metrics);

  @Test
  void acknowledgesOnlyWhatIsPlanned() {
    script.add(() -> List.of(new Received("1", OBJECT), new Received("2", OBJECT)));

    loop.run();

    assertThat(happened).containsExactly("planned", "acknowledged [1, 2]");
  }

  @Test
  void leavesWhatCouldNotBePlannedToComeAgain() {
    databaseFailures = 1;
    script.add(() -> List.of(new Received("1", OBJECT)));
    script.add(() -> List.of(new Received("2", OBJECT)));

    loop.run();

    assertThat(happened).containsExactly("planned", "acknowledged [2]");
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void acknowledgesWhatSaysNothing() {
    script.add(() -> List.of(new Received("1", Map.of())));

    loop.run();

    assertThat(happened).containsExactly("acknowledged [1]");
    assertThat(count("irrelevant")).isEqualTo(1);
  }

  @Test
  void goesOnAfterAnyFailure() {
    script.add(
        () -> {
          throw new IOException("no server");
        });
    script.add(
        () -> {
          throw new IllegalArgumentException("an answer that is none");
        });
    acknowledgementFailures = 1;
    script.add(() -> List.of(new Received("1", OBJECT)));
    script.add(() -> List.of(new Received("1 again", OBJECT)));

    loop.run();

    assertThat(happened).containsExactly("planned", "planned", "acknowledged [1 again]");
    assertThat(count("failed")).isEqualTo(3);
  }

  private double count(String result) {
    return metrics.counter("wf.checkpoint.notifications", "result", result).count();
  }

  private final class Scripted implements Subscription {

    @Override
    public List<Received> pull() throws IOException {
      Callable<List<Received>> next = script.poll();
      if (next == null) {
        loop.stop();
        return List.of();
      }
      try {
        return next.call();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void acknowledge(List<String> ackIds) throws IOException {
      if (acknowledgementFailures-- > 0) {
        throw new IOException("connection lost");
      }
      happened.add("acknowledged " + ackIds);
    }
  }
}
