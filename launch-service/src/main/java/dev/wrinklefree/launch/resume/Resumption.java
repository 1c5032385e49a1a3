package dev.wrinklefree.launch.resume;

/** What became of a wish. */
public sealed interface Resumption {

  /** Training begins anew, as was wished. */
  record Anew() implements Resumption {}

  /**
   * Training goes on from there.
   *
   * @param uri {@code gs://} URI of the checkpoint
   */
  record From(String uri) implements Resumption {}

  /**
   * There is no such checkpoint, and to begin anew in silence would be paid for.
   *
   * @param reason one sentence for a person
   */
  record NoCheckpoint(String reason) implements Resumption {}
}
