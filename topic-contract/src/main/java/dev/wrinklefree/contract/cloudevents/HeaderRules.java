package dev.wrinklefree.contract.cloudevents;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Holds the headers that carry CloudEvents attributes to one meaning: each given once, as text. The
 * CloudEvents library takes the last of several, and repairs what is not UTF-8, so that two readers
 * could see two events.
 */
final class HeaderRules {

  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";

  /** Longer than any URI in use; what is read has a limit of its own. */
  private static final int MAX_BYTES = 8 * 1024;

  /** JSON is UTF-8; a parameter may say so. */
  private static final Pattern JSON =
      Pattern.compile("application/json( *; *charset *= *\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

  private HeaderRules() {}

  static void check(Headers headers) throws UnreadableEventException {
    Set<String> seen = new HashSet<>();
    for (Header header : headers) {
      String name = header.key().toLowerCase(Locale.ROOT);
      if (!name.startsWith(PREFIX) && !name.equals(CONTENT_TYPE)) {
        continue;
      }
      if (!seen.add(name)) {
        throw bad(name, "is given twice");
      }
      String value = text(name, header.value());
      if (name.equals(CONTENT_TYPE) && !JSON.matcher(value.strip()).matches()) {
        throw new UnreadableEventException(
            Code.NOT_A_CLOUD_EVENT,
            "content-type must be application/json, as binary mode has it, not "
                + ForeignText.quoted(value));
      }
    }
  }

  private static String text(String name, byte @Nullable [] value) throws UnreadableEventException {
    if (value == null) {
      throw bad(name, "has no value");
    }
    if (value.length > MAX_BYTES) {
      throw bad(name, "has " + value.length + " bytes, at most " + MAX_BYTES + " are read");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw bad(name, "is not UTF-8");
    }
  }

  private static UnreadableEventException bad(String name, String what) {
    return new UnreadableEventException(
        Code.BAD_ATTRIBUTE, "header " + ForeignText.quoted(name) + " " + what);
  }
}
