package dev.wrinklefree.cost.api;

/** No such run is in the ledger. */
public final class UnknownRunException extends Exception {

  private static final long serialVersionUID = 1L;

  UnknownRunException(String runId) {
    super("No run '" + runId + "' is known here.");
  }
}
