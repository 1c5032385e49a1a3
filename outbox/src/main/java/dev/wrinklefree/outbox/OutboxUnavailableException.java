package dev.wrinklefree.outbox;

import java.sql.SQLException;

/** The database did not take or give an outbox or inbox row; the transaction must be given up. */
public final class OutboxUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message is the database's own. */
  public OutboxUnavailableException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
