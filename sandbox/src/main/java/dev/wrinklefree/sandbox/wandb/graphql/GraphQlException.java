package dev.wrinklefree.sandbox.wandb.graphql;

/**
 * A document that cannot be read or asks for what the schema has not; the message is the answer.
 */
public final class GraphQlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public GraphQlException(String message) {
    super(message);
  }
}
