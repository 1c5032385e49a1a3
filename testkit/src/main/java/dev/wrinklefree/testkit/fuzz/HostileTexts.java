package dev.wrinklefree.testkit.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Texts that have broken parsers, shells, paths, headers and pages before. */
public final class HostileTexts {

  /** Each with one trick. */
  public static final List<String> ALL =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\r\nSet-Cookie: a=b",
          "a\nb",
          "\u0085",
          "\u2028",
          "\u202Egnp.exe",
          "a\u200Bb",
          "\uFEFF",
          "\uFFFE",
          "\uFFFF",
          "\u00e9\u0301",
          "раypal",
          "ﬀ",
          "İı",
          "\uD83D\uDE80",
          "x\nrun: rm -rf /\n",
          "!!python/object/apply:os.system [\"id\"]",
          "&a [*a, *a]",
          "*a",
          "<<: *a",
          "--- \n...\n",
          "%YAML 1.1",
          "yes",
          "null",
          "~",
          "0x1F",
          "1_000",
          "12:30:45",
          ".inf",
          "2026-11-23",
          "$(touch /tmp/owned)",
          "`id`",
          "'; rm -rf / #",
          "\" && id \"",
          "${IFS}",
          "$((1/0))",
          "\\",
          "{{7*7}}",
          "${jndi:ldap://127.0.0.1/a}",
          "../../etc/passwd",
          "..%2f..%2f",
          "%2e%2e/",
          "/etc/passwd",
          "file:///etc/passwd",
          "gs://other-bucket/../x",
          "C:\\windows",
          "' OR 1=1 --",
          "<script>alert(1)</script>",
          "__proto__",
          "NaN",
          "Infinity",
          "-0",
          "1e999999",
          "9223372036854775808",
          "+999999999-12-31T23:59:59Z",
          "9999-12-31T23:59:59Z",
          "0000-01-01T00:00:00Z",
          "A".repeat(300),
          "é".repeat(5_000),
          "x".repeat(40_000));

  /** Characters that mean something to YAML, JSON, a shell or a path. */
  private static final String TELLING = " \t\n\r:#-'\"\\{}[]&*!|>%@`$;=~+./";

  private HostileTexts() {}

  /** One of them, or one made of random characters. */
  public static String any(SplittableRandom random) {
    if (random.nextInt(3) > 0) {
      return ALL.get(random.nextInt(ALL.size()));
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(character(random));
    }
    return text.toString();
  }

  private static int character(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(0x80);
      case 1 -> random.nextInt(0x800);
      case 2 -> TELLING.charAt(random.nextInt(TELLING.length()));
      // Half pairs among them.
      default -> random.nextInt(Character.MAX_CODE_POINT + 1);
    };
  }
}
