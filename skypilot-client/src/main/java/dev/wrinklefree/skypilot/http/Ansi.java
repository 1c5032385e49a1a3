package dev.wrinklefree.skypilot.http;

import java.util.regex.Pattern;

/** Terminal control codes, which SkyPilot writes into messages and logs. */
public final class Ansi {
  /** CSI sequences (colours, cursor) and OSC sequences (titles, links), as in ECMA-48. */
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|[@-Z\\\\^_])");

  private Ansi() {}

  /** The text as a reader without a terminal wants it. */
  public static String strip(String text) {
    return text.indexOf('\u001B') < 0 ? text : SEQUENCE.matcher(text).replaceAll("");
  }
}
