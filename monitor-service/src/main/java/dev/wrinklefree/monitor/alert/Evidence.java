package dev.wrinklefree.monitor.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures behind an alert, by name; what is not known is left out. */
final class Evidence {
  private static final MathContext SHOWN = new MathContext(4);

  private final Map<String, String> figures = new LinkedHashMap<>();

  Evidence put(String name, @Nullable Object figure) {
    if (figure instanceof Double value) {
      figures.put(name, number(value));
    } else if (figure != null) {
      figures.put(name, figure.toString());
    }
    return this;
  }

  Evidence seconds(String name, Duration duration) {
    figures.put(name, Long.toString(duration.toSeconds()));
    return this;
  }

  Map<String, String> toMap() {
    return Map.copyOf(figures);
  }

  /** Four digits, which is as much as anybody reads. */
  static String number(double value) {
    return new BigDecimal(value).round(SHOWN).stripTrailingZeros().toPlainString();
  }

  /** For people: the two largest units. */
  static String words(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 2) {
      return duration.toMinutes() + " min";
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
