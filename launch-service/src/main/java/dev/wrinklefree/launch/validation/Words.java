package dev.wrinklefree.launch.validation;

import java.util.Collection;
import java.util.Optional;

/** Holds a word to a list of known ones. */
final class Words {

  private Words() {}

  /** The word if it is known; otherwise nothing, and a finding that names the known ones. */
  static Optional<String> known(
      String path, String word, Code code, Collection<String> known, Findings findings) {
    if (known.contains(word)) {
      return Optional.of(word);
    }
    findings.add(
        path,
        code,
        "\""
            + Texts.shown(word)
            + "\" is none of "
            + String.join(", ", known)
            + Texts.didYouMean(word, known));
    return Optional.empty();
  }
}
