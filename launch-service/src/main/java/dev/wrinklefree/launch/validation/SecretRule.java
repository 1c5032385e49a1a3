package dev.wrinklefree.launch.validation;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is, or holds, a secret. A request stays on its topic for weeks and in every answer for ever,
 * so it names secrets and never carries one. This finds mistakes; it cannot find a secret that
 * looks like any other word.
 */
final class SecretRule {

  /** A longer text is refused for its length, and shown by its beginning at most. */
  private static final int SEARCHED = Limits.TASK;

  /** Said of names and of values alike. */
  static final String ADVICE =
      "events are no place for a secret: list its name under secrets, and SkyPilot supplies the"
          + " value";

  /**
   * The forms that their issuers publish, so that leaks can be found. No part can begin again
   * within itself: a hostile text must not make the search slow.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          String.join(
              "|",
              "-----BEGIN [A-Z ]{0,40}PRIVATE KEY",
              "\"private_key(_id)?\"",
              "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b",
              "\\bhf_[A-Za-z0-9]{30,}",
              "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}",
              "\\b(wandb|local)_v1_[A-Za-z0-9_]{20,}",
              "\\bgh[pousr]_[A-Za-z0-9]{30,}",
              "\\bgithub_pat_[A-Za-z0-9_]{20,}",
              "\\bglpat-[A-Za-z0-9_-]{20,}",
              "\\bxox[abeprs]-[A-Za-z0-9-]{10,}",
              "\\bAIza[A-Za-z0-9_-]{35}",
              "\\bya29\\.[A-Za-z0-9_-]{20,}",
              "\\bGOCSPX-[A-Za-z0-9_-]{20,}",
              "\\bAccountKey=[A-Za-z0-9+/=]{20,}",
              "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}+\\.eyJ[A-Za-z0-9_-]{10}",
              "\\b[Bb]earer [A-Za-z0-9._~+/=-]{20,}",
              "://[^/\\s:@]{1,100}:[^/\\s@]{1,200}@"));

  /**
   * Names that say "secret". TOKENIZERS_PARALLELISM, MAX_TOKENS and PAD_TOKEN_ID are none: the word
   * must end the name, or be one that means nothing else.
   */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(.*_)?(KEY|KEYS|SECRETS|PASSWD|PWD|PASSPHRASE|CREDENTIALS?|CREDS|PAT)"
              + "|.*(TOKEN|SECRET)"
              + "|.*(PASSWORD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_).*");

  /** Last part of an override's key. A tokenizer's own keys, such as pad_token, are none. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(.*_)?(api_?key|access_?key|private_?key|secret(_key)?|password|passwd|passphrase"
              + "|credentials?|(access|auth|api|hf|wandb|github|bearer)_token)");

  private SecretRule() {}

  /** Whether a secret of a known form is in the text. */
  static boolean isIn(String text) {
    return VALUE.matcher(text.substring(0, Math.min(text.length(), SEARCHED))).find();
  }

  /** Whether a variable's name says that its value is a secret. */
  static boolean isNamedBy(String variable) {
    return VARIABLE.matcher(variable.toUpperCase(Locale.ROOT)).matches();
  }

  /** Whether a setting's dotted name says that its value is a secret. */
  static boolean isSetBy(String key) {
    String last = key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf('/')) + 1);
    return SETTING.matcher(last.toLowerCase(Locale.ROOT)).matches();
  }
}
