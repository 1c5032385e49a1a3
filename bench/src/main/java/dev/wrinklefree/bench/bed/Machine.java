package dev.wrinklefree.bench.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the benchmark runs on. A figure means little without it. */
public final class Machine {

  private Machine() {}

  /** Names and values for people. */
  public static Map<String, String> description() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    cpu().ifPresent(model -> facts.put("cpu", model));
    facts.put("jdk", Runtime.version().toString());
    facts.put(
        "system",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    load().ifPresent(load -> facts.put("load before", load));
    return facts;
  }

  private static Optional<String> cpu() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    }
  }

  private static Optional<String> load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.isReadable(file)
        ? Optional.of(Files.readString(file).split(" ", 2)[0])
        : Optional.empty();
  }
}
