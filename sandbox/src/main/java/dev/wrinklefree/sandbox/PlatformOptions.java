package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Listener;
import dev.wrinklefree.sandbox.platform.Ports;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What both commands can be told; the option of each port comes from {@link Listener}. */
final class PlatformOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = "--checkout",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The project's top level, where the built services are (default: here).")
  Path checkout = Path.of(".");

  @Option(
      names = "--keep",
      description = "Go on with the data of the last run; without it every run starts empty.")
  boolean keep;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Add N to every default port.")
  int portOffset;

  Checkout checkout() {
    return new Checkout(checkout);
  }

  /** The ports of a parsed command line. */
  Ports ports(ParseResult parsed) {
    Map<Listener, Integer> chosen = new EnumMap<>(Listener.class);
    for (Listener listener : Listener.values()) {
      if (parsed.hasMatchedOption(listener.option())) {
        Integer port = parsed.matchedOptionValue(listener.option(), listener.defaultPort());
        chosen.put(listener, port);
      }
    }
    return Ports.of(portOffset, chosen);
  }

  /** Adds an option for the port of each listener. */
  static void addPortOptions(CommandSpec command) {
    for (Listener listener : Listener.values()) {
      command.addOption(
          OptionSpec.builder(listener.option())
              .type(Integer.class)
              .paramLabel("PORT")
              .description(
                  "Port of %s (default: %d).".formatted(listener.title(), listener.defaultPort()))
              .build());
    }
  }
}
