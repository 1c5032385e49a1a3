package dev.wrinklefree.outbox.work;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A task as the services have them: it notes that it ran. */
@ApplicationScoped
class NoteTask {

  /**
   * Data of the task.
   *
   * @param text what to note
   * @param at any time, to see it survive
   */
  record Note(String text, Instant at) {}

  private final List<Note> notes = new CopyOnWriteArrayList<>();

  @Produces
  @Singleton
  OneTimeTask<Note> task() {
    return Tasks.oneTime("note", Note.class)
        .execute((instance, context) -> notes.add(instance.getData()));
  }

  List<Note> notes() {
    return List.copyOf(notes);
  }
}
