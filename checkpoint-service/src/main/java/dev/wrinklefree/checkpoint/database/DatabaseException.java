package dev.wrinklefree.checkpoint.database;

import java.sql.SQLException;

/** The database could not be asked; nothing of the current transaction will be kept. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
