package dev.wrinklefree.cost.pricing;

/** A table of prices or billing rules that cannot be read; the message names the file and line. */
public final class MalformedTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param table file name
   * @param line line number, from 1
   * @param problem what is wrong and what is allowed
   */
  public MalformedTableException(String table, int line, String problem) {
    super(table + " line " + line + ": " + problem);
  }
}
