package dev.wrinklefree.launch.validation;

/** The machine codes of violations. They are part of the contract: never renamed. */
public enum Code {
  /** A field that the contract does not have. */
  UNKNOWN_FIELD("unknown-field"),
  /** A field that must be there. */
  REQUIRED("required"),
  /** Another JSON type than the contract says. */
  WRONG_TYPE("wrong-type"),
  /** More characters than allowed, or none. */
  BAD_LENGTH("bad-length"),
  /** More items than allowed. */
  TOO_MANY("too-many"),
  /** The same item twice. */
  DUPLICATE("duplicate"),
  /** A character that cannot reach the task unharmed, or that hides what a text says. */
  BAD_CHARACTER("bad-character"),
  /** Does not have the form that is needed. */
  BAD_FORMAT("bad-format"),
  /** No such task template. */
  UNKNOWN_TEMPLATE("unknown-template"),
  /** The template exists and cannot be used. */
  UNUSABLE_TEMPLATE("unusable-template"),
  /** No such model. */
  UNKNOWN_MODEL("unknown-model"),
  /** No such mode. */
  UNKNOWN_MODE("unknown-mode"),
  /** No such scale. */
  UNKNOWN_SCALE("unknown-scale"),
  /** No such cloud. */
  UNKNOWN_CLOUD("unknown-cloud"),
  /** A secret that the platform does not hand out. */
  UNKNOWN_SECRET("unknown-secret"),
  /** Not {@code key=value}, {@code +key=value} or {@code ~key}. */
  BAD_OVERRIDE("bad-override"),
  /** An override of something that the platform sets and vouches for. */
  RESERVED_OVERRIDE("reserved-override"),
  /** Not a name that a shell accepts. */
  BAD_ENVIRONMENT_NAME("bad-environment-name"),
  /** A variable that the platform, SkyPilot or the machine sets. */
  RESERVED_ENVIRONMENT_NAME("reserved-environment-name"),
  /** A name that says its value is a secret, which must never travel in an event. */
  SECRET_IN_ENVIRONMENT("secret-in-environment"),
  /** A value, of whatever field, that has the form of a secret. */
  SECRET_IN_VALUE("secret-in-value"),
  /** Not a positive decimal string. */
  BAD_AMOUNT("bad-amount"),
  /** A currency that the platform has no prices in. */
  BAD_CURRENCY("bad-currency"),
  /** No such budget action. */
  UNKNOWN_ACTION("unknown-action"),
  /** Not a label that every cloud accepts. */
  BAD_LABEL("bad-label"),
  /** A field that jobs of this template do not have. */
  UNSUPPORTED("unsupported-field"),
  /** Fields of which only one may be given. */
  EXCLUSIVE("exclusive-fields"),
  /** A parameter that the template does not have. */
  UNKNOWN_PARAMETER("unknown-parameter"),
  /** A parameter's value that its type, choices or pattern exclude. */
  BAD_PARAMETER("bad-parameter"),
  /** A task of the request's own that cannot be launched. */
  BAD_TASK("bad-task"),
  /** The template cannot go on from a checkpoint, or not from that kind of source. */
  RESUME_UNSUPPORTED("resume-unsupported"),
  /** There is no complete checkpoint to go on from. */
  NO_CHECKPOINT("no-checkpoint"),
  /** The run id, or the event id, was used before with another request. */
  CONFLICT("conflict");

  private final String word;

  Code(String word) {
    this.word = word;
  }

  /** The code on the wire, in kebab-case. */
  public String word() {
    return word;
  }
}
