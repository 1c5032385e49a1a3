package dev.wrinklefree.audit.server;

/**
 * One generation of an object, as the bucket has or had it.
 *
 * @param bucket the bucket's name
 * @param name the object's full name
 * @param generation Google's number of it
 * @param size bytes
 * @param live whether it is there now; else it was overwritten or deleted
 */
public record BucketObject(String bucket, String name, long generation, long size, boolean live) {

  /** {@code gs://bucket/name}. */
  public String uri() {
    return "gs://" + bucket + "/" + name;
  }
}
