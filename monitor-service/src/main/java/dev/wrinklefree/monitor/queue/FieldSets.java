package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.skypilot.jobs.QueueFields;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields of one kind of reading. SkyPilot validates an answer as a whole, so that one value
 * that it finds odd, in one job's row, is an error for all of them; fewer fields may leave it out.
 *
 * @param full what is wanted
 * @param narrow the same without free text and what is only nice to know
 * @param bare what a state cannot be told without
 */
record FieldSets(List<String> full, List<String> narrow, List<String> bare) {

  /** Name and time of submission tell whose job it is where metadata cannot be had. */
  private static final List<String> BARE =
      List.of(
          "job_id",
          "task_id",
          "job_name",
          "status",
          "recovery_count",
          "submitted_at",
          "start_at",
          "end_at",
          "last_recovered_at");

  private static final List<String> NARROW = plus(BARE, "metadata");

  /** What tells a job's state. */
  static final FieldSets STATE = new FieldSets(QueueFields.STATE, NARROW, BARE);

  /**
   * The same with where it runs; a fractional {@code accelerators} is what older servers refuse.
   */
  static final FieldSets STATE_AND_PLACEMENT =
      new FieldSets(
          QueueFields.STATE_AND_PLACEMENT,
          plus(NARROW, "cluster_resources", "cloud", "region", "zone"),
          NARROW);

  /** What tells whose a job is, of all its tasks. */
  static final FieldSets HOLDER = holder();

  private static FieldSets holder() {
    List<String> bare = List.of("job_id", "task_id", "job_name", "status", "submitted_at");
    return new FieldSets(plus(bare, "metadata"), bare, bare);
  }

  private static List<String> plus(List<String> fields, String... more) {
    return Stream.concat(fields.stream(), Stream.of(more)).toList();
  }
}
