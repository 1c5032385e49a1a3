package dev.wrinklefree.checkpoint.listing;

/** Whether something may be done with a bucket. */
public sealed interface Access {

  /** What was seen or said, in one line. */
  String detail();

  /** It may. */
  record Granted(String detail) implements Access {}

  /**
   * It may not.
   *
   * @param missing whether there is no such bucket at all
   */
  record Refused(String detail, boolean missing) implements Access {}

  /** Nobody said. */
  record NoAnswer(String detail) implements Access {}
}
