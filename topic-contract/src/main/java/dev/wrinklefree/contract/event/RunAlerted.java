package dev.wrinklefree.contract.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.wrinklefree.contract.value.RunId;
import java.util.Map;

/**
 * Something about a run that a person should look at; raised once and cleared once.
 *
 * @param runId the run
 * @param code stable machine code in kebab-case, for example {@code checkpoint-overdue}; the
 *     platform's own are {@link AlertCode}, and others may follow
 * @param status raised or cleared
 * @param severity how bad it is
 * @param message one sentence: what is seen
 * @param suggestion one sentence: what to do
 * @param evidence the figures behind it, by name
 */
public record RunAlerted(
    RunId runId,
    String code,
    Status status,
    Severity severity,
    String message,
    String suggestion,
    Map<String, String> evidence)
    implements EventData {

  /** Copies the map. */
  public RunAlerted {
    evidence = Absent.map(evidence);
  }

  /** Whether the alert begins or ends. */
  public enum Status {
    /** It begins. */
    RAISED("raised"),
    /** It is over. */
    CLEARED("cleared");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /** How bad it is. */
  public enum Severity {
    /** Worth knowing. */
    INFO("info"),
    /** Will cost money or time. */
    WARNING("warning"),
    /** Costs money or work now. */
    CRITICAL("critical");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }
}
