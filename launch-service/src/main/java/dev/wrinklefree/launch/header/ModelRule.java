package dev.wrinklefree.launch.header;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which models a template takes. */
public sealed interface ModelRule {

  /** The header says nothing: the service's own models, one of which must be named. */
  record AsConfigured() implements ModelRule {}

  /** The job has no model, or brings its own. */
  record None() implements ModelRule {}

  /**
   * One of these.
   *
   * @param names the known models
   * @param scales default scale by model, of those that have one here
   * @param required whether a request must name one
   * @param byDefault model of a request that names none; null means no model then
   */
  record OneOf(
      List<String> names,
      SortedMap<String, String> scales,
      boolean required,
      @Nullable String byDefault)
      implements ModelRule {

    /** Copies the collections. */
    public OneOf {
      names = List.copyOf(names);
      scales = Collections.unmodifiableSortedMap(new TreeMap<>(scales));
    }
  }

  /**
   * Whatever the job itself knows.
   *
   * @param required whether a request must name one
   * @param byDefault model of a request that names none; null means no model then
   */
  record Any(boolean required, @Nullable String byDefault) implements ModelRule {}

  /** Whether each run has a model. */
  default boolean certain() {
    return switch (this) {
      case AsConfigured ignored -> true;
      case None ignored -> false;
      case OneOf one -> one.required() || one.byDefault() != null;
      case Any any -> any.required() || any.byDefault() != null;
    };
  }
}
