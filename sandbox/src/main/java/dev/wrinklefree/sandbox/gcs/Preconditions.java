package dev.wrinklefree.sandbox.gcs;

import java.util.Optional;
import java.util.OptionalLong;

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

  static Preconditions none() {
    return new Preconditions(
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /** Refuses a write whose conditions do not hold. */
  void requireForWrite(Optional<StoredObject> present) {
    if (!matches(present) || unwanted(present)) {
      throw StorageException.conditionNotMet();
    }
  }

  /** Refuses a read whose conditions do not hold; one that wants only something new gets 304. */
  void requireForRead(Optional<StoredObject> present) {
    if (!matches(present)) {
      throw StorageException.conditionNotMet();
    }
    if (unwanted(present)) {
      throw StorageException.notModified();
    }
  }

  private boolean matches(Optional<StoredObject> present) {
    return (generationMatch.isEmpty() || generationMatch.getAsLong() == generation(present))
        && (metagenerationMatch.isEmpty()
            || metagenerationMatch.getAsLong() == metageneration(present));
  }

  private boolean unwanted(Optional<StoredObject> present) {
    return (generationNotMatch.isPresent() && generationNotMatch.getAsLong() == generation(present))
        || (metagenerationNotMatch.isPresent()
            && metagenerationNotMatch.getAsLong() == metageneration(present));
  }

  private static long generation(Optional<StoredObject> present) {
    return present.map(StoredObject::generation).orElse(0L);
  }

  private static long metageneration(Optional<StoredObject> present) {
    return present.map(StoredObject::metageneration).orElse(0L);
  }
}
