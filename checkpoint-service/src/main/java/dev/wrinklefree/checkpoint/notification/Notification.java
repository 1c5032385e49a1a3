package dev.wrinklefree.checkpoint.notification;

import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a message says, by its attributes alone: they are the same for every payload format, and a
 * listing looks at everything else.
 */
sealed interface Notification {

  /**
   * A generation of an object became visible. Which one does not matter.
   *
   * @param bucket bucket name
   * @param object full object name
   */
  record Finalized(String bucket, String object) implements Notification {

    /** Every prefix with a slash at its end that holds the object; one of them may be a run's. */
    Set<BucketPrefix> places() {
      Set<BucketPrefix> places = new HashSet<>();
      for (int slash = object.indexOf('/'); slash > 0; slash = object.indexOf('/', slash + 1)) {
        places.add(new BucketPrefix(bucket, object.substring(0, slash + 1)));
      }
      return places;
    }
  }

  /** Something else, or nothing that can be read. */
  record Irrelevant() implements Notification {}

  /** Cloud Storage's longest name, in bytes. */
  int MAX_NAME = 1_024;

  /** Reads the attributes of a message, whoever sent it. */
  static Notification of(Map<String, String> attributes) {
    String bucket = attributes.getOrDefault("bucketId", "");
    String object = attributes.getOrDefault("objectId", "");
    boolean readable =
        "OBJECT_FINALIZE".equals(attributes.get("eventType"))
            && !bucket.isBlank()
            && !object.startsWith("/")
            && bucket.length() + object.length() <= 2 * MAX_NAME
            // PostgreSQL has no text with such a character, and Cloud Storage no name.
            && (bucket + object).indexOf('\0') < 0;
    return readable ? new Finalized(bucket, object) : new Irrelevant();
  }
}
