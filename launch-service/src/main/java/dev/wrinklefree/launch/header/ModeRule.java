package dev.wrinklefree.launch.header;

import java.util.List;

/** Which modes a template takes. */
public sealed interface ModeRule {

  /** The header says nothing: the service's own modes and default. */
  record AsConfigured() implements ModeRule {}

  /** The job has no modes. */
  record None() implements ModeRule {}

  /**
   * One of these.
   *
   * @param byDefault mode of a request that names none; one of {@code names}
   */
  record OneOf(List<String> names, String byDefault) implements ModeRule {

    /** Copies the list. */
    public OneOf {
      names = List.copyOf(names);
    }
  }
}
