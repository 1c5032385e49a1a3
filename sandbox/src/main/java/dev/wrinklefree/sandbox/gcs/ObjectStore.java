package dev.wrinklefree.sandbox.gcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Buckets and objects with Cloud Storage's guarantees: an object is visible as a whole or not at
 * all, a listing shows every write that was answered before it, and conditions are checked in one
 * step with the change. Versioning is off.
 */
final class ObjectStore {

  private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");
  private static final int MAX_NAME_BYTES = 1_024;

  private final ObjectFiles files;
  private final InstantSource clock;
  private final NavigableMap<String, NavigableMap<String, StoredObject>> buckets = new TreeMap<>();
  private long lastGeneration;
  private Duration shift = Duration.ZERO;
  private BiConsumer<StoredObject, @Nullable Long> onCommit = (object, overwrote) -> {};

  ObjectStore(Path directory, InstantSource clock) throws IOException {
    this.files = new ObjectFiles(directory);
    this.clock = clock;
    for (String bucket : files.bucketNames()) {
      NavigableMap<String, StoredObject> objects = new TreeMap<>(Listing.NAME_ORDER);
      for (StoredObject object : files.load(bucket)) {
        objects.put(object.name(), object);
        lastGeneration = Math.max(lastGeneration, object.generation());
      }
      buckets.put(bucket, objects);
    }
  }

  /** Lets the clock go ahead, or behind if negative. */
  synchronized void shiftClock(Duration by) {
    shift = by;
  }

  /** Tells of each object that becomes visible, and of the generation that it replaced. */
  synchronized void onCommit(BiConsumer<StoredObject, @Nullable Long> listener) {
    onCommit = onCommit.andThen(listener);
  }

  /** Creates a bucket and says whether it was not there before. */
  synchronized boolean createBucket(String name) {
    if (!BUCKET_NAME.matcher(name).matches()) {
      throw StorageException.invalid("Invalid bucket name: '" + name + "'");
    }
    if (buckets.containsKey(name)) {
      return false;
    }
    files.createBucket(name);
    buckets.put(name, new TreeMap<>(Listing.NAME_ORDER));
    return true;
  }

  synchronized void deleteBucket(String name) {
    if (!objects(name).isEmpty()) {
      throw StorageException.conflict("The bucket you tried to delete is not empty.");
    }
    files.deleteBucket(name);
    buckets.remove(name);
  }

  synchronized List<String> bucketNames() {
    return List.copyOf(buckets.keySet());
  }

  synchronized void requireBucket(String name) {
    objects(name);
  }

  synchronized Listing list(String bucket, Listing.Request request) {
    return Listing.of(objects(bucket), request);
  }

  Draft newDraft() {
    return files.newDraft();
  }

  /** Makes a finished draft the object's content, if the conditions hold at this moment. */
  synchronized StoredObject commit(NewObject target, Draft draft, Draft.Checksums checksums) {
    NavigableMap<String, StoredObject> objects = objects(target.bucket());
    requireName(target.name());
    StoredObject former = objects.get(target.name());
    target.preconditions().requireForWrite(former);
    long now = now();
    StoredObject object =
        new StoredObject(
            target.bucket(),
            target.name(),
            nextGeneration(now),
            1,
            draft.size(),
            checksums.crc32c(),
            target.components() == null ? checksums.md5Hash() : null,
            target.components(),
            now,
            now,
            target.attributes().orType("application/octet-stream"));
    files.write(object, draft);
    objects.put(object.name(), object);
    if (former != null) {
      files.delete(former);
    }
    onCommit.accept(object, former == null ? null : former.generation());
    return object;
  }

  synchronized StoredObject get(
      String bucket, String name, OptionalLong generation, Preconditions preconditions) {
    StoredObject object = present(bucket, name, generation);
    preconditions.requireForRead(object);
    return object;
  }

  /**
   * The object with its content opened, which stays readable when the object is replaced meanwhile.
   */
  synchronized OpenObject open(
      String bucket, String name, OptionalLong generation, Preconditions preconditions) {
    StoredObject object = get(bucket, name, generation, preconditions);
    try {
      return new OpenObject(object, FileChannel.open(files.content(object)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized StoredObject update(
      String bucket,
      String name,
      OptionalLong generation,
      Preconditions preconditions,
      UnaryOperator<ObjectAttributes> change) {
    StoredObject object = present(bucket, name, generation);
    preconditions.requireForWrite(object);
    StoredObject changed = object.withAttributes(change.apply(object.attributes()), now());
    files.describe(changed);
    objects(bucket).put(name, changed);
    return changed;
  }

  synchronized void delete(
      String bucket, String name, OptionalLong generation, Preconditions preconditions) {
    StoredObject object = present(bucket, name, generation);
    preconditions.requireForWrite(object);
    objects(bucket).remove(name);
    files.delete(object);
  }

  /**
   * Where a new object goes and what is said of it.
   *
   * @param components how many objects it is composed of; null if it is uploaded
   */
  record NewObject(
      String bucket,
      String name,
      ObjectAttributes attributes,
      Preconditions preconditions,
      @Nullable Integer components) {}

  /** An object and its content, to be closed by the reader. */
  record OpenObject(StoredObject object, SeekableByteChannel content) {}

  private StoredObject present(String bucket, String name, OptionalLong generation) {
    StoredObject object = objects(bucket).get(name);
    if (object == null
        || (generation.isPresent() && generation.getAsLong() != object.generation())) {
      throw StorageException.noSuchObject(bucket, name);
    }
    return object;
  }

  private NavigableMap<String, StoredObject> objects(String bucket) {
    NavigableMap<String, StoredObject> objects = buckets.get(bucket);
    if (objects == null) {
      throw StorageException.noSuchBucket();
    }
    return objects;
  }

  private long now() {
    return clock.instant().plus(shift).toEpochMilli();
  }

  private long nextGeneration(long nowMillis) {
    lastGeneration = Math.max(nowMillis * 1_000, lastGeneration + 1);
    return lastGeneration;
  }

  private static void requireName(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    boolean reserved = name.equals(".") || name.equals("..");
    if (bytes == 0 || bytes > MAX_NAME_BYTES || reserved || name.matches("(?s).*[\r\n].*")) {
      throw StorageException.invalid("Invalid object name: '" + name + "'");
    }
  }
}
