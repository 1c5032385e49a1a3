package dev.wrinklefree.monitor.api;

import dev.wrinklefree.contract.value.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error answer by RFC 9457, media type {@value #MEDIA_TYPE}.
 *
 * @param type stable name of the kind of problem, a relative reference
 * @param title the kind in words; the same for every occurrence
 * @param status HTTP status
 * @param detail this occurrence in words
 * @param instance path of the request
 * @param violations the fields that are wrong, where fields are
 */
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    @Nullable List<Violation> violations) {

  /** The media type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem of one kind, which its name in kebab-case tells. */
  static Problem of(String kind, String title, int status, @Nullable String detail) {
    return new Problem("/problems/" + kind, title, status, detail, null, null);
  }

  Problem at(String path) {
    return new Problem(type, title, status, detail, path, violations);
  }

  Problem with(List<Violation> wrong) {
    return new Problem(type, title, status, detail, instance, List.copyOf(wrong));
  }
}
