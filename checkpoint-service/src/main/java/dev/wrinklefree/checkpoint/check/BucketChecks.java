package dev.wrinklefree.checkpoint.check;

import dev.wrinklefree.checkpoint.listing.Access;
import dev.wrinklefree.checkpoint.listing.Access.Granted;
import dev.wrinklefree.checkpoint.listing.Access.NoAnswer;
import dev.wrinklefree.checkpoint.listing.Access.Refused;
import dev.wrinklefree.checkpoint.listing.BucketAccess;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.rest.checks.Check;
import dev.wrinklefree.rest.checks.Check.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a bucket can be listed, read and written.
 *
 * <p>Nothing is written for it: Cloud Storage is asked which permissions this service has ({@code
 * testIamPermissions}). The service itself only reads, and training writes with an account of its
 * own, so that a missing permission to write is no failure; the last upload that was seen says
 * more.
 */
public final class BucketChecks {

  private static final String SET_RIGHT = "Give the service's account roles/storage.objectViewer";

  private final BucketAccess access;

  /**
   * @param access how the buckets are asked
   */
  public BucketChecks(BucketAccess access) {
    this.access = access;
  }

  /**
   * Three answers. If the first brings none, the others are not asked for.
   *
   * @param where what is listed
   * @param lastUpload when the last checkpoint in the bucket was written; null if none is known
   */
  public List<Check> of(BucketPrefix where, @Nullable Instant lastUpload) {
    String bucket = "gs://" + where.bucket();
    String listable = bucket + " listable";
    String readable = bucket + " readable";
    String writable = bucket + " writable";
    return switch (access.list(where)) {
      case NoAnswer(String detail) -> {
        String advice =
            "See whether this service reaches the endpoint of wf.gcs.host, or Google's.";
        yield List.of(
            new Check(listable, Status.UNKNOWN, detail, advice),
            new Check(readable, Status.UNKNOWN, "not asked: it could not be listed", advice),
            new Check(writable, Status.UNKNOWN, "not asked: it could not be listed", advice));
      }
      case Granted granted ->
          List.of(
              new Check(listable, Status.OK, granted.detail(), null),
              reading(readable, bucket, access.read(where)),
              writing(writable, bucket, access.write(where.bucket()), lastUpload));
      case Refused refused ->
          List.of(
              failed(listable, bucket, refused),
              reading(readable, bucket, access.read(where)),
              writing(writable, bucket, access.write(where.bucket()), lastUpload));
    };
  }

  private static Check reading(String name, String bucket, Access answer) {
    return switch (answer) {
      case Granted granted -> new Check(name, Status.OK, granted.detail(), null);
      case Refused refused -> failed(name, bucket, refused);
      case NoAnswer none -> new Check(name, Status.UNKNOWN, none.detail(), "Ask again.");
    };
  }

  private static Check writing(
      String name, String bucket, Access answer, @Nullable Instant lastUpload) {
    String upload =
        lastUpload == null
            ? "no upload of a run was seen yet"
            : "the last upload of a run is of " + lastUpload;
    String advice =
        "Give the account that training writes with roles/storage.objectUser on " + bucket + ".";
    return switch (answer) {
      case Granted granted -> new Check(name, Status.OK, granted.detail() + "; " + upload, null);
      case Refused refused ->
          lastUpload == null
              ? new Check(
                  name, Status.UNKNOWN, "this service may not, and need not; " + upload, advice)
              : new Check(name, Status.OK, "this service may not, and need not; " + upload, null);
      case NoAnswer none -> new Check(name, Status.UNKNOWN, none.detail(), "Ask again.");
    };
  }

  private static Check failed(String name, String bucket, Refused refused) {
    return new Check(
        name,
        Status.FAILED,
        refused.detail(),
        refused.missing()
            ? "Create the bucket, or name another in wf.unattributed.roots and in the launches."
            : SET_RIGHT + " on " + bucket + ".");
  }
}
