package dev.wrinklefree.bench.soak;

import dev.wrinklefree.bench.bed.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a soak came to.
 *
 * @param limitPerSecond runs per second that the platform takes from request to running
 * @param ratePerSecond runs per second of the soak
 * @param length of the watch
 * @param interval between two looks
 * @param launched runs asked for
 * @param live runs that were running at the end
 * @param ended runs that succeeded
 * @param unexpected ends that no run should have, and requests that stand-ins did not take
 * @param series by service
 */
record SoakReport(
    double limitPerSecond,
    double ratePerSecond,
    Duration length,
    Duration interval,
    long launched,
    long live,
    long ended,
    long unexpected,
    Map<String, Map<Quantity, Series>> series) {

  private static final String LINE = "%-20s %-15s %12s %12s %12s  %s%n";

  /** Whether nothing grew and nothing went wrong. */
  boolean isClean() {
    return unexpected == 0
        && series.values().stream()
            .flatMap(own -> own.entrySet().stream())
            .allMatch(entry -> entry.getKey().isFlat(entry.getValue()));
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%.1f runs/s of at most %.1f for %d min; %,d runs asked for, %,d ended, %,d running at the"
                + " end; %d unexpected%n%n",
            ratePerSecond,
            limitPerSecond,
            length.toMinutes(),
            launched,
            ended,
            live,
            unexpected));
    text.append(LINE.formatted("service", "what", "middle third", "last third", "most", ""));
    series.forEach(
        (service, own) ->
            own.forEach(
                (quantity, values) ->
                    text.append(
                        LINE.formatted(
                            service,
                            quantity.title(),
                            number(values.middle(), quantity),
                            number(values.last(), quantity),
                            number(values.most(), quantity),
                            quantity.isFlat(values) ? "flat" : "GROWS"))));
    return text.toString();
  }

  /** For programs: what {@link #text()} says, and every value. */
  Map<String, Object> document() throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("machine", Machine.description());
    document.put("limitPerSecond", limitPerSecond);
    document.put("ratePerSecond", ratePerSecond);
    document.put("minutes", length.toMinutes());
    document.put("intervalSeconds", interval.toSeconds());
    document.put("launched", launched);
    document.put("live", live);
    document.put("ended", ended);
    document.put("unexpected", unexpected);
    document.put("clean", isClean());
    Map<String, Object> services = new LinkedHashMap<>();
    series.forEach((service, own) -> services.put(service, quantities(own)));
    document.put("services", services);
    return document;
  }

  private static Map<String, Object> quantities(Map<Quantity, Series> own) {
    Map<String, Object> fields = new LinkedHashMap<>();
    own.forEach(
        (quantity, values) ->
            fields.put(
                quantity.title(),
                Map.of(
                    "unit", quantity.unit(),
                    "flat", quantity.isFlat(values),
                    "values", values.values())));
    return fields;
  }

  private static String number(double value, Quantity quantity) {
    return String.format(Locale.ROOT, "%,.1f %s", value, quantity.unit()).strip();
  }
}
