package dev.wrinklefree.checkpoint;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.testkit.StorageResource;
import java.nio.charset.StandardCharsets;

/** Uploads with Google's client, as a trainer does. */
public final class TestBucket {

  private final Storage storage;

  public TestBucket(Storage storage) {
    this.storage = storage;
  }

  /** Creates or overwrites an object; its content is its name. */
  public StoredObject put(String name) {
    return put(name, name);
  }

  public StoredObject put(String name, String content) {
    var blob =
        storage.create(
            BlobInfo.newBuilder(StorageResource.BUCKET, name).build(),
            content.getBytes(StandardCharsets.UTF_8));
    return new StoredObject(
        name,
        blob.getGeneration(),
        blob.getSize(),
        blob.getCrc32c(),
        blob.getCreateTimeOffsetDateTime().toInstant());
  }

  public void delete(String name) {
    storage.delete(StorageResource.BUCKET, name);
  }
}
