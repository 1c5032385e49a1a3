package dev.wrinklefree.cost.api;

import dev.wrinklefree.contract.value.Violation;

/** A query parameter is wrong. */
public final class BadQueryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  BadQueryException(String parameter, String code, String message) {
    super("A query parameter is wrong.");
    this.violation = new Violation(parameter, code, message);
  }

  Violation violation() {
    return violation;
  }
}
