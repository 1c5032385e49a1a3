package dev.wrinklefree.contract.cloudevents;

/** A record that is not an event of the contract; its message is the reason on the dead letter. */
public final class UnreadableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why a record cannot be read. */
  public enum Code {
    /** No CloudEvents headers, or not binary mode, or another version than 1.0. */
    NOT_A_CLOUD_EVENT("not-a-cloud-event"),
    /** A type or type version that this topic does not carry. */
    UNKNOWN_TYPE("unknown-type"),
    /** A required attribute is missing or malformed. */
    BAD_ATTRIBUTE("bad-attribute"),
    /** The run id is malformed, or key, subject and partition key differ. */
    BAD_RUN_ID("bad-run-id"),
    /** The data is larger than {@link EventCodec#MAX_DATA_BYTES}. */
    TOO_LARGE("too-large"),
    /** The data is not a JSON object. */
    BAD_JSON("bad-json"),
    /** The data lacks a required field or has one of a wrong type. */
    BAD_DATA("bad-data");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    /** Stable machine code in kebab-case. */
    public String word() {
      return word;
    }
  }

  private final Code code;

  /**
   * The message becomes {@code <code>: <detail>}, on one line and cut short.
   *
   * @param detail may name fields and quote attributes, never values of the data
   */
  public UnreadableEventException(Code code, String detail) {
    super(code.word() + ": " + ForeignText.clean(detail));
    this.code = code;
  }

  /** The machine code. */
  public Code code() {
    return code;
  }
}
