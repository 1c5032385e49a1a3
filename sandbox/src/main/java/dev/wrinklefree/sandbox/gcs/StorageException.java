package dev.wrinklefree.sandbox.gcs;

/**
 * A request that Cloud Storage would refuse, with the status and the reason word that it answers.
 */
final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  private StorageException(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static StorageException noSuchObject(String bucket, String name) {
    return new StorageException(404, "notFound", "No such object: " + bucket + "/" + name);
  }

  static StorageException noSuchBucket() {
    return new StorageException(404, "notFound", "The specified bucket does not exist.");
  }

  static StorageException notFound(String message) {
    return new StorageException(404, "notFound", message);
  }

  static StorageException invalid(String message) {
    return new StorageException(400, "invalid", message);
  }

  static StorageException conflict(String message) {
    return new StorageException(409, "conflict", message);
  }

  static StorageException unsatisfiableRange() {
    return new StorageException(
        416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
  }

  static StorageException conditionNotMet() {
    return new StorageException(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  static StorageException notModified() {
    return new StorageException(304, "notModified", "Not Modified");
  }

  static StorageException injected(int status) {
    return new StorageException(status, "backendError", "A fault that the test asked for");
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  /** The message, which every way to make this exception gives. */
  String text() {
    return String.valueOf(getMessage());
  }
}
