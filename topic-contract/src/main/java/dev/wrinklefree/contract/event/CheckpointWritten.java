package dev.wrinklefree.contract.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete, durable checkpoint: every object that belongs to it is in the bucket.
 *
 * @param runId the run
 * @param kind whether it is one of a series or the last
 * @param step the trainer's step, from the name; absent on a final checkpoint whose name has none
 * @param layout how it is laid out in the bucket
 * @param uri {@code gs://bucket/…} of the object, or of the directory with a trailing slash
 * @param revision 1 for the first of this name, one more each time it was overwritten
 * @param objects all of its objects, by name
 * @param totalBytes sum of the objects' sizes
 * @param writtenAt when the last object was finalised, by Google's clock
 * @param seenAt when we saw it complete, by ours
 */
public record CheckpointWritten(
    RunId runId,
    Kind kind,
    @Nullable Long step,
    Layout layout,
    String uri,
    int revision,
    List<StoredObject> objects,
    long totalBytes,
    Instant writtenAt,
    Instant seenAt)
    implements EventData {

  /** Copies the list. */
  public CheckpointWritten {
    objects = Absent.list(objects);
  }

  /** Place in the run. */
  public enum Kind {
    /** One of a series. */
    STEP("step"),
    /** The last of a run that ended well. */
    FINAL("final");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /** The two layouts in use. */
  public enum Layout {
    /** One object, as the Deployment Guide says: {@code checkpoint_step_1000.pt}. */
    SINGLE_FILE("single-file"),
    /** A directory of {@code model.pt} and {@code training_state.pt}, as the trainer writes it. */
    DIRECTORY("directory");

    private final String word;

    Layout(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /**
   * One object in the bucket.
   *
   * @param name full object name
   * @param generation Google's generation number; an overwrite has a new one
   * @param size bytes
   * @param crc32c base64, big-endian, as Google gives it
   * @param writtenAt when this generation was finalised
   */
  public record StoredObject(
      String name, long generation, long size, String crc32c, Instant writtenAt) {}
}
