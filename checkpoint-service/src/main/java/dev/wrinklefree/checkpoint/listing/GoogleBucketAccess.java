package dev.wrinklefree.checkpoint.listing;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import dev.wrinklefree.checkpoint.listing.Access.Granted;
import dev.wrinklefree.checkpoint.listing.Access.NoAnswer;
import dev.wrinklefree.checkpoint.listing.Access.Refused;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks through Google's client. */
final class GoogleBucketAccess implements BucketAccess {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private static final String READ = "storage.objects.get";
  private static final String WRITE = "storage.objects.create";

  private final Storage storage;

  GoogleBucketAccess(Storage storage) {
    this.storage = storage;
  }

  @Override
  public Access list(BucketPrefix where) {
    return asking(
        () ->
            new Granted(
                first(where).isPresent() ? "listed " + where : where + " is empty, but listed"));
  }

  @Override
  public Access read(BucketPrefix where) {
    return asking(
        () -> {
          Optional<Blob> blob = first(where);
          if (blob.isEmpty()) {
            return permission(where.bucket(), READ);
          }
          storage.get(blob.get().getBlobId(), BlobGetOption.fields(BlobField.NAME));
          return new Granted("read the attributes of " + where.uriOf(blob.get().getName()));
        });
  }

  @Override
  public Access write(String bucket) {
    return asking(() -> permission(bucket, WRITE));
  }

  private Optional<Blob> first(BucketPrefix where) {
    Iterator<Blob> blobs =
        storage
            .list(
                where.bucket(),
                BlobListOption.prefix(where.prefix()),
                BlobListOption.pageSize(1),
                BlobListOption.fields(BlobField.NAME))
            .getValues()
            .iterator();
    return blobs.hasNext() ? Optional.of(blobs.next()) : Optional.empty();
  }

  private Access permission(String bucket, String permission) {
    return storage.testIamPermissions(bucket, List.of(permission)).getFirst()
        ? new Granted("has " + permission + ", by testIamPermissions")
        : new Refused("lacks " + permission + ", by testIamPermissions", false);
  }

  private static Access asking(Supplier<Access> question) {
    try {
      return question.get();
    } catch (BaseServiceException e) {
      return switch (e.getCode()) {
        case UNAUTHORIZED, FORBIDDEN -> new Refused("answered " + e.getCode(), false);
        case NOT_FOUND -> new Refused("there is no such bucket", true);
        default -> new NoAnswer(e.getCode() > 0 ? "answered " + e.getCode() : "no answer");
      };
    } catch (RuntimeException e) {
      // As with listings: the client has no exception of its own for an answer that is nonsense.
      return new NoAnswer("the answer cannot be read");
    }
  }
}
