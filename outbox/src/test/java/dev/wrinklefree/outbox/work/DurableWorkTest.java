package dev.wrinklefree.outbox.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.wrinklefree.outbox.work.NoteTask.Note;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
class DurableWorkTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @Inject SchedulerClient client;
  @Inject OneTimeTask<Note> task;
  @Inject NoteTask noteTask;

  @Test
  void runsWhatWasScheduledInACommittedTransaction() {
    Note note = new Note("committed", LONG_AGO);

    QuarkusTransaction.requiringNew().run(() -> schedule("committed", note));

    await().atMost(PATIENCE).until(() -> noteTask.notes().contains(note));
  }

  @Test
  void neverRunsWhatWasScheduledInATransactionThatWasRolledBack() {
    Note never = new Note("never", LONG_AGO);
    Note after = new Note("after", LONG_AGO);
    try {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                schedule("rolled-back", never);
                throw new CancellationException("on purpose");
              });
    } catch (CancellationException expected) {
      assertThat(client.getScheduledExecution(TaskInstanceId.of("note", "rolled-back"))).isEmpty();
    }

    // Older work is run first: when this has run, the other would have been.
    schedule("after", after);
    await().atMost(PATIENCE).until(() -> noteTask.notes().contains(after));
    assertThat(noteTask.notes()).doesNotContain(never);
  }

  @Test
  void keepsOneExecutionOfATaskThatIsScheduledTwice() {
    Instant later = Instant.now().plusSeconds(3600);
    TaskInstance<Note> first = task.instance("twice", new Note("first", LONG_AGO));
    TaskInstance<Note> second = task.instance("twice", new Note("second", LONG_AGO));

    assertThat(client.scheduleIfNotExists(first, later)).isTrue();
    assertThat(client.scheduleIfNotExists(second, later)).isFalse();

    client.cancel(first);
  }

  @Test
  void prunesTheInboxRegularly() {
    TaskInstanceId pruning = TaskInstanceId.of("inbox-pruning", RecurringTask.INSTANCE);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(client.getScheduledExecution(pruning))
                    .get()
                    .satisfies(
                        execution ->
                            assertThat(execution.getExecutionTime())
                                .isAfter(Instant.now().plus(Duration.ofMinutes(50)))));
  }

  private void schedule(String instance, Note note) {
    client.scheduleIfNotExists(task.instance(instance, note), LONG_AGO);
  }
}
