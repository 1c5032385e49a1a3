package dev.wrinklefree.sandbox.gcs;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request on the object's present generation and metageneration, of which 0
 * means that there is no such object.
 */
record Preconditions(
    OptionalLong generationMatch,
    OptionalLong generationNotMatch,
    OptionalLong metagenerationMatch,
    OptionalLong metagenerationNotMatch) {

  static Preconditions of(Query query) {
    return new Preconditions(
        query.number("ifGenerationMatch"),
        query.number("ifGenerationNotMatch"),
        query.number("ifMetagenerationMatch"),
        query.number("ifMetagenerationNotMatch"));
  }

  /** Those on the object that is copied. */
  static Preconditions ofSource(Query query) {
    return new Preconditions(
        query.number("ifSourceGenerationMatch"),
        query.number("ifSourceGenerationNotMatch"),
        query.number("ifSourceMetagenerationMatch"),
        query.number("ifSourceMetagenerationNotMatch"));
  }

  static Preconditions none() {
    return new Preconditions(
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /** Refuses a write whose conditions do not hold. */
  void requireForWrite(@Nullable StoredObject present) {
    if (!matches(present) || unwanted(present)) {
      throw StorageException.conditionNotMet();
    }
  }

  /** Refuses a read whose conditions do not hold; one that wants only something new gets 304. */
  void requireForRead(@Nullable StoredObject present) {
    if (!matches(present)) {
      throw StorageException.conditionNotMet();
    }
    if (unwanted(present)) {
      throw StorageException.notModified();
    }
  }

  private boolean matches(@Nullable StoredObject present) {
    return (generationMatch.isEmpty() || generationMatch.getAsLong() == generation(present))
        && (metagenerationMatch.isEmpty()
            || metagenerationMatch.getAsLong() == metageneration(present));
  }

  private boolean unwanted(@Nullable StoredObject present) {
    return (generationNotMatch.isPresent() && generationNotMatch.getAsLong() == generation(present))
        || (metagenerationNotMatch.isPresent()
            && metagenerationNotMatch.getAsLong() == metageneration(present));
  }

  private static long generation(@Nullable StoredObject present) {
    return present == null ? 0 : present.generation();
  }

  private static long metageneration(@Nullable StoredObject present) {
    return present == null ? 0 : present.metageneration();
  }
}
