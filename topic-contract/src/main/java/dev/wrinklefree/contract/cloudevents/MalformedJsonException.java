package dev.wrinklefree.contract.cloudevents;

/**
 * Bytes that are not the JSON of the contract. The message says what is wrong and where, and
 * repeats no value: it is shown and logged, and what failed to be JSON may be a secret.
 */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedJsonException(String reason) {
    super(reason);
  }
}
