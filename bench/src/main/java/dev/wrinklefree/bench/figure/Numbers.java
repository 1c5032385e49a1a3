package dev.wrinklefree.bench.figure;

import java.util.Locale;

/** Numbers as people read them: three digits that count, thousands apart. */
final class Numbers {

  private static final double WHOLE_FROM = 100;
  private static final double ONE_DIGIT_FROM = 10;
  private static final double TWO_DIGITS_FROM = 1;

  private Numbers() {}

  static String of(double value) {
    double size = Math.abs(value);
    String format;
    if (size >= WHOLE_FROM || value == Math.rint(value)) {
      format = "%,.0f";
    } else if (size >= ONE_DIGIT_FROM) {
      format = "%.1f";
    } else if (size >= TWO_DIGITS_FROM) {
      format = "%.2f";
    } else {
      format = "%.3f";
    }
    return String.format(Locale.ROOT, format, value);
  }

  static String of(Samples samples, Unit unit) {
    String spread = "%s–%s".formatted(of(samples.least()), of(samples.most()));
    String number = of(samples.median());
    String shown = unit.symbol().isEmpty() ? number : number + " " + unit.symbol();
    return samples.values().size() == 1 || samples.least() == samples.most()
        ? shown
        : "%s (%s)".formatted(shown, spread);
  }
}
