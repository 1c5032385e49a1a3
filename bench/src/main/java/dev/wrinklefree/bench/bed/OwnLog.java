package dev.wrinklefree.bench.bed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what this process logs to a file, so that the terminal stays for people. */
public final class OwnLog {

  // Held, since a logger that nobody holds forgets its level.
  private static final Logger ROOT = Logger.getLogger("");

  private OwnLog() {}

  /** Warnings of every library: the broker and the stand-ins run in this process. */
  public static void to(Path file) throws IOException {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$-7s %3$s  %5$s%6$s%n");
    LogManager.getLogManager().reset();
    Handler handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.WARNING);
  }
}
