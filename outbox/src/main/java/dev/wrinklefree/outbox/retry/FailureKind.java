package dev.wrinklefree.outbox.retry;

import java.sql.SQLException;

/** Whether a failure says something of the event, or only of the moment. */
public enum FailureKind {
  /** The database or the transaction was not to be had: the same event may succeed later. */
  TRANSIENT,
  /** Anything else: most likely the same event fails again. */
  PERMANENT;

  /** SQLSTATE class 22: the data does not fit the column. Trying again cannot help. */
  private static final String DATA_EXCEPTION = "22";

  /** SQLSTATE class 23: a constraint refuses the row. A race is over at the second attempt. */
  private static final String CONSTRAINT_VIOLATION = "23";

  /** SQLSTATE class 54: beyond the program's limits, such as a text too long for an index. */
  private static final String LIMIT_EXCEEDED = "54";

  private static final String JTA_PACKAGE = "jakarta.transaction.";
  private static final int MAX_CHAIN = 20;

  /** Judges a failure by itself and all its causes. */
  public static FailureKind of(Throwable failure) {
    boolean transactionFailed = false;
    Throwable current = failure;
    for (int depth = 0; current != null && depth < MAX_CHAIN; depth++) {
      if (current instanceof SQLException sql) {
        return ofState(sql);
      }
      transactionFailed |= current.getClass().getName().startsWith(JTA_PACKAGE);
      current = current.getCause();
    }
    return transactionFailed ? TRANSIENT : PERMANENT;
  }

  private static FailureKind ofState(SQLException failure) {
    String state = failure.getSQLState();
    boolean isOfTheData =
        state != null
            && (state.startsWith(DATA_EXCEPTION)
                || state.startsWith(CONSTRAINT_VIOLATION)
                || state.startsWith(LIMIT_EXCEEDED));
    return isOfTheData ? PERMANENT : TRANSIENT;
  }
}
