package dev.wrinklefree.monitor.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last value of each figure that a run logged.
 *
 * @param values by name; what is no number is left out
 * @param loggedAt when the last of them was logged, by the trainer's clock
 */
public record Summary(Map<String, LoggedValue> values, @Nullable Instant loggedAt) {

  /** W&amp;B's own name for the time of a row, in seconds since 1970. */
  private static final String TIMESTAMP = "_timestamp";

  private static final int NANO_DIGITS = 9;

  /** Copies the map. */
  public Summary {
    values = Map.copyOf(values);
  }

  static Summary of(ObjectNode object) {
    Map<String, LoggedValue> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      LoggedValue.of(field.getValue()).ifPresent(value -> values.put(field.getKey(), value));
    }
    return new Summary(values, time(values.get(TIMESTAMP)).orElse(null));
  }

  private static Optional<Instant> time(@Nullable LoggedValue value) {
    if (!(value instanceof LoggedValue.Finite(double seconds))) {
      return Optional.empty();
    }
    try {
      BigDecimal nanos =
          BigDecimal.valueOf(seconds)
              .movePointRight(NANO_DIGITS)
              .setScale(0, RoundingMode.HALF_EVEN);
      BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.TEN.pow(NANO_DIGITS));
      return Optional.of(
          Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact()));
    } catch (ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
