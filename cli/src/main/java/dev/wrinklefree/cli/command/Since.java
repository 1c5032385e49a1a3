package dev.wrinklefree.cli.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads {@code 90m}, {@code 12h}, {@code 7d} or a time in RFC 3339. */
final class Since {

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  private Since() {}

  static @Nullable Instant parse(@Nullable String text, Clock clock, CommandLine command) {
    if (text == null) {
      return null;
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      Duration back =
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      return clock.instant().minus(back);
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ParameterException(
          command, "--since is a time such as 90m, 12h, 7d or 2026-11-23T09:00:00Z");
    }
  }
}
