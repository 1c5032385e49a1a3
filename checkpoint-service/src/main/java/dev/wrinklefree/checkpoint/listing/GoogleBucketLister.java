package dev.wrinklefree.checkpoint.listing;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageClass;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists through Google's client, with the few fields that are needed. Cloud Storage listings are
 * strongly consistent and show finalised objects only, except in zonal buckets (storage class
 * {@code RAPID}), which show objects that are still appended to: those are refused.
 */
final class GoogleBucketLister implements BucketLister {

  private static final StorageClass RAPID = StorageClass.valueOf("RAPID");

  private final Storage storage;
  private final int pageSize;

  GoogleBucketLister(Storage storage, int pageSize) {
    this.storage = storage;
    this.pageSize = pageSize;
  }

  @Override
  public ListingOutcome list(BucketPrefix where, Consumer<StoredObject> sink) {
    try {
      Iterable<Blob> blobs =
          storage
              .list(
                  where.bucket(),
                  BlobListOption.prefix(where.prefix()),
                  BlobListOption.pageSize(pageSize),
                  BlobListOption.fields(
                      BlobField.NAME,
                      BlobField.GENERATION,
                      BlobField.SIZE,
                      BlobField.CRC32C,
                      BlobField.TIME_CREATED,
                      BlobField.STORAGE_CLASS))
              .iterateAll();
      for (Blob blob : blobs) {
        if (RAPID.equals(blob.getStorageClass())) {
          return new Unknown("zonal-bucket", "zonal buckets show objects that are not finalised");
        }
        sink.accept(storedObject(blob));
      }
      return new Listed();
    } catch (BaseServiceException e) {
      return unknown(e);
    }
  }

  private static Unknown unknown(BaseServiceException e) {
    if (e.getCode() > 0) {
      return new Unknown("http-" + e.getCode(), firstLine(e.getMessage()));
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new Unknown("unreachable", firstLine(cause.toString()));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no detail" : text.lines().findFirst().orElse("no detail");
  }

  private static StoredObject storedObject(Blob blob) {
    // The creation time of a generation is when it was finalised; "updated" moves with metadata.
    return new StoredObject(
        blob.getName(),
        blob.getGeneration(),
        blob.getSize(),
        blob.getCrc32c(),
        blob.getCreateTimeOffsetDateTime().toInstant());
  }
}
