package dev.wrinklefree.checkpoint.listing;

/** An answer that is JSON and no page of a listing; asking again does not help. */
final class MalformedPageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedPageException(String message) {
    super(message);
  }

  MalformedPageException(String message, Throwable cause) {
    super(message, cause);
  }
}
