package dev.wrinklefree.checkpoint.listing;

/** Asks what this service may do with a bucket. Blocks as long as the client's retries take. */
public interface BucketAccess {

  /** Whether it may list: by a listing of one object. */
  Access list(BucketPrefix where);

  /**
   * Whether it may read: by reading an object's attributes, or by asking for the permission if
   * there is no object.
   */
  Access read(BucketPrefix where);

  /** Whether it may write: by asking for the permission. Nothing is written. */
  Access write(String bucket);
}
