package dev.wrinklefree.chaos.load;

import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;

/** One record for the broker. */
public sealed interface Request {

  /** When it is due, from the beginning of its round. */
  Duration at();

  /**
   * A launch.
   *
   * @param runId key of the record
   * @param eventId CloudEvents id; one that was used before makes it a repetition
   * @param shape what it asks for
   */
  record Launch(Duration at, RunId runId, String eventId, Shape shape) implements Request {}

  /**
   * A cancel, perhaps of a run that nobody launches or that comes later.
   *
   * @param runId which run
   * @param eventId CloudEvents id
   */
  record Cancel(Duration at, RunId runId, String eventId) implements Request {}

  /**
   * A record that is no event.
   *
   * @param key of the record
   */
  record Noise(Duration at, String key) implements Request {}

  /**
   * What a launch asks for.
   *
   * @param model a model's name, or one that there is not
   * @param checkpoints how many checkpoints the job writes
   * @param fails whether the job's program ends with an error
   */
  record Shape(String model, int checkpoints, boolean fails) {

    /** A model that no template knows. */
    static final String NO_MODEL = "gpt_9000";

    /** Whether the platform must take it. */
    public boolean isValid() {
      return !model.equals(NO_MODEL);
    }
  }
}
