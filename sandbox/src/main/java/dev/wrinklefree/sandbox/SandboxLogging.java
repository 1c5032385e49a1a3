package dev.wrinklefree.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what the servers of this process log to a file, so that the terminal stays for people. */
final class SandboxLogging {

  private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OWN = Logger.getLogger("dev.wrinklefree");

  private SandboxLogging() {}

  /** Warnings of every library, and information of the sandbox itself. */
  static void to(Path file) throws IOException {
    System.setProperty(FORMAT_PROPERTY, "%1$tFT%1$tT.%1$tL %4$-7s %3$s  %5$s%6$s%n");
    LogManager.getLogManager().reset();
    Handler handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.WARNING);
    OWN.setLevel(Level.INFO);
  }
}
