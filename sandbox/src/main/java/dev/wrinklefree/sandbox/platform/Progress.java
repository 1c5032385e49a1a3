package dev.wrinklefree.sandbox.platform;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells a waiting person what is being done, with the seconds since the start. */
public final class Progress {

  private final PrintWriter out;
  private final long startNanos = System.nanoTime();

  /**
   * @param out where lines go; each is flushed
   */
  public Progress(PrintWriter out) {
    this.out = out;
  }

  /** Prints one line with the time at its left. */
  public synchronized void say(String format, Object... arguments) {
    double seconds = elapsed().toMillis() / 1_000.0;
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, format.formatted(arguments));
    out.flush();
  }

  /** Prints lines as they are. */
  public synchronized void print(String text) {
    out.println(text);
    out.flush();
  }

  /** Time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
