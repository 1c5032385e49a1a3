package dev.wrinklefree.checkpoint.listing;

import com.google.api.gax.paging.Page;
import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageClass;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists through Google's client, with the few fields that are needed. Cloud Storage listings are
 * strongly consistent and show finalised objects only, except in zonal buckets (storage class
 * {@code RAPID}), which show objects that are still appended to: those are refused.
 */
final class GoogleBucketLister implements BucketLister {

  private static final Logger LOGGER = LoggerFactory.getLogger(GoogleBucketLister.class);

  private static final StorageClass RAPID = StorageClass.valueOf("RAPID");

  private static final String BROKEN_ANSWER = "broken-answer";

  private static final BlobListOption FIELDS =
      BlobListOption.fields(
          BlobField.NAME,
          BlobField.GENERATION,
          BlobField.SIZE,
          BlobField.CRC32C,
          BlobField.TIME_CREATED,
          BlobField.STORAGE_CLASS);

  private final Storage storage;
  private final int pageSize;

  GoogleBucketLister(Storage storage, int pageSize) {
    this.storage = storage;
    this.pageSize = pageSize;
  }

  @Override
  public ListingOutcome list(BucketPrefix where, Consumer<StoredObject> sink) {
    try {
      return listPages(where, sink);
    } catch (BaseServiceException e) {
      return unknown(e);
    } catch (RuntimeException e) {
      // The client has no exception of its own for an answer that is JSON and nonsense.
      LOGGER.atDebug().addKeyValue("prefix", where).setCause(e).log("Listing cannot be read");
      return new Unknown(BROKEN_ANSWER, firstLine(e.toString()));
    }
  }

  private ListingOutcome listPages(BucketPrefix where, Consumer<StoredObject> sink) {
    Set<String> beginnings = new HashSet<>();
    Page<Blob> page =
        storage.list(
            where.bucket(),
            BlobListOption.prefix(where.prefix()),
            BlobListOption.pageSize(pageSize),
            FIELDS);
    while (true) {
      String firstName = null;
      for (Blob blob : page.getValues()) {
        if (RAPID.equals(blob.getStorageClass())) {
          return new Unknown("zonal-bucket", "zonal buckets show objects that are not finalised");
        }
        if (firstName == null) {
          firstName = blob.getName();
          if (!beginnings.add("name " + firstName)) {
            return new Unknown(BROKEN_ANSWER, "the page that begins with an object came twice");
          }
        }
        sink.accept(storedObject(blob));
      }
      if (!page.hasNextPage()) {
        return new Listed();
      }
      // Without this a server that repeats itself is listed for ever.
      if (!beginnings.add("token " + page.getNextPageToken())) {
        return new Unknown(BROKEN_ANSWER, "the same page token came twice");
      }
      page = page.getNextPage();
    }
  }

  private static Unknown unknown(BaseServiceException e) {
    if (e.getCode() > 0) {
      return new Unknown("http-" + e.getCode(), firstLine(e.getMessage()));
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new Unknown(
        isOfTheConnection(cause) ? Unknown.UNREACHABLE : BROKEN_ANSWER,
        firstLine(cause.toString()));
  }

  private static boolean isOfTheConnection(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException;
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
