package dev.wrinklefree.contract.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the Javadoc of a contract record says of its components, so that the schemas' words
 * and the code's are the same words.
 */
final class JavadocParams {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern COMMENT_BEFORE_TYPE =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public (?:record|enum) (\\w+)", Pattern.DOTALL);
  private static final Pattern PARAM =
      Pattern.compile("@param (\\w+) (.*?)(?=@param |@throws |\\z)", Pattern.DOTALL);

  private final Map<String, String> descriptions = new TreeMap<>();

  /**
   * What {@code @param component} says, or what the type itself says where {@code component} is "".
   */
  String of(Class<?> type, String component) {
    read(type);
    String text = descriptions.get(type.getSimpleName() + "#" + component);
    if (text == null || text.isBlank()) {
      throw new IllegalStateException(
          type.getName() + ": no Javadoc for " + (component.isEmpty() ? "the type" : component));
    }
    return text;
  }

  private void read(Class<?> type) {
    if (descriptions.containsKey(type.getSimpleName() + "#")) {
      return;
    }
    Class<?> outermost = type.getNestHost();
    Path file = SOURCES.resolve(outermost.getName().replace('.', '/') + ".java");
    Matcher comment = COMMENT_BEFORE_TYPE.matcher(content(file));
    while (comment.find()) {
      String body = comment.group(1).replaceAll("(?m)^\\s*\\* ?", "");
      int firstTag = body.indexOf("@param");
      String name = comment.group(2);
      descriptions.put(name + "#", plain(firstTag < 0 ? body : body.substring(0, firstTag)));
      Matcher param = PARAM.matcher(firstTag < 0 ? "" : body.substring(firstTag));
      while (param.find()) {
        descriptions.put(name + "#" + param.group(1), plain(param.group(2)));
      }
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@(?:code|link|value) #?([^}]*)}", "$1")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
