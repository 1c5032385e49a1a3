package dev.wrinklefree.checkpoint.diff;

import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The live generations below one prefix, and a clock; each write takes a second. */
final class Bucket {

  static final String PREFIX = "fairy2/smollm2_135m/my-run/";

  private final TreeMap<String, StoredObject> objects = new TreeMap<>();
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private long generation = 1;

  StoredObject put(String name) {
    return put(name, 10 * generation);
  }

  StoredObject putEmpty(String name) {
    return put(name, 0);
  }

  void delete(String name) {
    objects.remove(PREFIX + name);
  }

  void restore(StoredObject object) {
    objects.put(object.name(), object);
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  List<StoredObject> listing() {
    return List.copyOf(objects.values());
  }

  private StoredObject put(String name, long size) {
    passes(Duration.ofSeconds(1));
    StoredObject object = new StoredObject(PREFIX + name, generation++, size, "AAAAAA==", now);
    objects.put(object.name(), object);
    return object;
  }
}
