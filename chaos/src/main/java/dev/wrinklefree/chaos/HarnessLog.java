package dev.wrinklefree.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what this process logs to a file, so that the terminal stays for people. */
final class HarnessLog {

  // Held, since a logger that nobody holds forgets its level.
  private static final Logger ROOT = Logger.getLogger("");

  /** A broker that is away is no news here. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private HarnessLog() {}

  /** Warnings of every library and of the harness. */
  static void to(Path file) throws IOException {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$-7s %3$s  %5$s%6$s%n");
    LogManager.getLogManager().reset();
    Handler handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.WARNING);
    KAFKA.setLevel(Level.SEVERE);
  }
}
