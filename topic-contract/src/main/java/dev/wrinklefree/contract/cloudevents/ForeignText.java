package dev.wrinklefree.contract.cloudevents;

/** Foreign text on its way into a reason, which ends up in headers, logs and terminals. */
final class ForeignText {

  /** A reason is one line for a person. */
  private static final int MAX_LENGTH = 400;

  /** An attribute's value within a reason. */
  private static final int MAX_QUOTED = 80;

  private ForeignText() {}

  /**
   * On one line, cut short, and without what is invisible or turns the direction of writing: in a
   * log such characters would forge lines or hide words.
   */
  static String clean(String text) {
    return cut(text, MAX_LENGTH);
  }

  /** The same, shorter and in quotes. */
  static String quoted(String text) {
    return '"' + cut(text, MAX_QUOTED) + '"';
  }

  /** Whether a character has no place in a name: control, format, separator, half a pair. */
  static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static String cut(String text, int most) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(c -> isInvisible(c) ? '?' : c)
        .forEach(clean::appendCodePoint);
    return text.codePointCount(0, text.length()) > most ? clean + "…" : clean.toString();
  }
}
