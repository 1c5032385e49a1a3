package dev.wrinklefree.checkpoint.listing;

/**
 * All objects of a bucket whose names begin alike.
 *
 * @param bucket bucket name
 * @param prefix ends with a slash, so that {@code …/run-1/} does not hold the objects of {@code
 *     run-10}
 */
public record BucketPrefix(String bucket, String prefix) {

  private static final String SCHEME = "gs://";

  /**
   * @throws IllegalArgumentException if the bucket is blank or the prefix does not end with a slash
   */
  public BucketPrefix {
    if (bucket.isBlank()) {
      throw new IllegalArgumentException("bucket is blank");
    }
    if (!prefix.endsWith("/") || prefix.startsWith("/")) {
      throw new IllegalArgumentException(
          "prefix must end with a slash and not begin with one: " + prefix);
    }
  }

  /**
   * Reads {@code gs://bucket/prefix/}.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static BucketPrefix parse(String uri) {
    int slash = uri.indexOf('/', SCHEME.length());
    if (!uri.startsWith(SCHEME) || slash < 0) {
      throw new IllegalArgumentException("must be gs://<bucket>/<prefix>/: " + uri);
    }
    return new BucketPrefix(uri.substring(SCHEME.length(), slash), uri.substring(slash + 1));
  }

  /** The {@code gs://} address of an object, or of a directory, of this bucket. */
  public String uriOf(String name) {
    return SCHEME + bucket + "/" + name;
  }

  @Override
  public String toString() {
    return uriOf(prefix);
  }
}
