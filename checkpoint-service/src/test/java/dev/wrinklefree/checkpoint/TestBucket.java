package dev.wrinklefree.checkpoint;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.testkit.StorageResource;
import java.nio.charset.StandardCharsets;

/** Uploads with Google's client, as a trainer does. */
public final class TestBucket {

  private final Storage storage;
  private final String name;

  public TestBucket(Storage storage) {
    this(storage, StorageResource.BUCKET);
  }

  public TestBucket(Storage storage, String name) {
    this.storage = storage;
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Creates or overwrites an object; its content is its name. */
  public StoredObject put(String object) {
    return put(object, object);
  }

  public StoredObject put(String object, String content) {
    var blob =
        storage.create(
            BlobInfo.newBuilder(name, object).build(), content.getBytes(StandardCharsets.UTF_8));
    return new StoredObject(
        object,
        blob.getGeneration(),
        blob.getSize(),
        blob.getCrc32c(),
        blob.getCreateTimeOffsetDateTime().toInstant());
  }

  public void delete(String object) {
    storage.delete(name, object);
  }
}
