package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.StringJoiner;

/** Durations, sizes and money as people write them. */
public final class Humane {

  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Humane() {}

  /** For example {@code 42s}, {@code 12m 05s}, {@code 3h 07m} or {@code 2d 04h}. */
  public static String duration(Duration duration) {
    Duration d = duration.isNegative() ? Duration.ZERO : duration;
    if (d.toMinutes() < 1) {
      return d.toSeconds() + "s";
    }
    if (d.toHours() < 1) {
      return String.format(Locale.ROOT, "%dm %02ds", d.toMinutes(), d.toSecondsPart());
    }
    if (d.toDays() < 1) {
      return String.format(Locale.ROOT, "%dh %02dm", d.toHours(), d.toMinutesPart());
    }
    return String.format(Locale.ROOT, "%dd %02dh", d.toDays(), d.toHoursPart());
  }

  /** How long ago, for example {@code 12m 05s ago}; "" where {@code then} is absent. */
  public static String ago(JsonNode then, Instant now) {
    return then.isTextual()
        ? duration(Duration.between(Instant.parse(then.asText()), now)) + " ago"
        : "";
  }

  /**
   * A JSON value as a person writes it: text without quotes, a list with commas, an object as
   * {@code name=value}; "" for none.
   */
  public static String plain(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.path("amount").isTextual() && value.has("currency")) {
      return money(value);
    }
    if (value.has("type") && value.has("count")) {
      return Offers.gpus(value);
    }
    if (value.has("cloud")) {
      return Offers.place(value);
    }
    StringJoiner parts = new StringJoiner(", ");
    if (value.isArray()) {
      value.forEach(element -> parts.add(plain(element)));
      return parts.toString();
    }
    if (value.isObject()) {
      value.fields().forEachRemaining(f -> parts.add(f.getKey() + "=" + plain(f.getValue())));
      return parts.toString();
    }
    return value.asText();
  }

  /** For example {@code 808 B} or {@code 769.9 MiB}. */
  public static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < BYTE_UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, BYTE_UNITS[unit]);
  }

  /**
   * For example {@code 2} or {@code 0.04}, without trailing zeros; the text itself if it is none.
   */
  public static String decimal(JsonNode number) {
    String text = number.asText("");
    return text.matches("\\d{1,18}(\\.\\d{1,18})?")
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text;
  }

  /**
   * For example {@code $6.13}, {@code -$2.00}, or {@code $0.0042} below a cent; "" where {@code
   * money} is absent.
   */
  public static String money(JsonNode money) {
    if (!money.path("amount").isTextual()) {
      return "";
    }
    BigDecimal amount = new BigDecimal(money.get("amount").asText());
    boolean tiny = amount.signum() != 0 && amount.abs().compareTo(new BigDecimal("0.01")) < 0;
    String figure = amount.setScale(tiny ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
    String currency = money.path("currency").asText();
    if (!"USD".equals(currency)) {
      return figure + " " + currency;
    }
    return figure.startsWith("-") ? "-$" + figure.substring(1) : "$" + figure;
  }
}
