package dev.wrinklefree.launch.validation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Judges and shows foreign text. */
final class Texts {

  private static final int SHOWN = 80;
  private static final int CLAUSE = 400;
  private static final int NEAR = 2;

  private Texts() {}

  /**
   * Foreign text as it may stand in an answer: cut short, without what hides or forges, and not at
   * all if a secret is in it.
   */
  static String shown(String foreign) {
    if (SecretRule.isIn(foreign)) {
      return "(a secret)";
    }
    StringBuilder clean = new StringBuilder();
    foreign.codePoints().limit(SHOWN).map(c -> isBad(c) ? '?' : c).forEach(clean::appendCodePoint);
    return foreign.codePointCount(0, foreign.length()) > SHOWN ? clean + "…" : clean.toString();
  }

  /** A sentence's part that may quote foreign text, as it may stand in an answer. */
  static String clause(String text) {
    if (SecretRule.isIn(text)) {
      return "(its text holds a secret)";
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints().limit(CLAUSE).map(c -> isBad(c) ? '?' : c).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /**
   * Whether it has a control character, half a surrogate pair, which has no UTF-8 form, or an
   * invisible character: those that turn the direction of writing or have no width make a text look
   * like another.
   */
  static boolean hasBadCharacter(String text) {
    return text.codePoints().anyMatch(Texts::isBad);
  }

  /** Whether it cannot reach a task unharmed, where lines, tabs and any script are allowed. */
  static boolean hasBadCharacterInLines(String text) {
    return text.codePoints()
        .anyMatch(c -> (isControl(c) && c != '\n' && c != '\t') || isSurrogate(c));
  }

  /** A sentence's end that names the known word which may have been meant. */
  static String didYouMean(String word, Collection<String> known) {
    return nearest(word, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > SHOWN) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= NEAR)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Levenshtein distance, case ignored. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same =
            Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
        int replace = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }

  private static boolean isBad(int codePoint) {
    return isControl(codePoint) || isSurrogate(codePoint) || isInvisible(codePoint);
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static boolean isControl(int codePoint) {
    return Character.isISOControl(codePoint);
  }

  /** A code point of this range is an unpaired half. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
