package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** A body that does not fit its endpoint: 422 with pydantic's list of what is wrong. */
final class UnprocessableBodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ArrayNode violations;

  UnprocessableBodyException(ArrayNode violations) {
    super("the body does not fit the endpoint");
    this.violations = violations;
  }

  ArrayNode violations() {
    return violations;
  }
}
