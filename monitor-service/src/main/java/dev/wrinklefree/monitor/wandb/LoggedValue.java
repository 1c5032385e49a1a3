package dev.wrinklefree.monitor.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** What a run logged under one name. */
public sealed interface LoggedValue {

  /** A number. */
  record Finite(double value) implements LoggedValue {}

  /** Not a number, or infinite: logged as such, or too large for a double. */
  record NotFinite() implements LoggedValue {}

  /** W&amp;B has the words as bare tokens and as strings. */
  Set<String> NON_FINITE_WORDS =
      Set.of("NaN", "Infinity", "-Infinity", "nan", "inf", "-inf", "+Infinity");

  /** The value, if it is a number of any kind. */
  static Optional<LoggedValue> of(JsonNode node) {
    if (node.isNumber()) {
      double value = node.doubleValue();
      return Optional.of(Double.isFinite(value) ? new Finite(value) : new NotFinite());
    }
    return node.isTextual() && NON_FINITE_WORDS.contains(node.textValue())
        ? Optional.of(new NotFinite())
        : Optional.empty();
  }
}
