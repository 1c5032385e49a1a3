package dev.wrinklefree.cost.api;

import dev.wrinklefree.contract.value.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it.
 *
 * @param type always {@code about:blank}: the status says which kind of problem it is
 * @param title the status in words
 * @param status HTTP status
 * @param detail what is wrong this time
 * @param instance path of the request
 * @param violations what is wrong with which parameter; absent if no parameter is to blame
 */
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    @Nullable List<Violation> violations) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final String NO_SPECIAL_TYPE = "about:blank";

  static Problem of(int status, String title, String detail, String instance) {
    return new Problem(NO_SPECIAL_TYPE, title, status, detail, instance, null);
  }

  Problem because(List<Violation> reasons) {
    return new Problem(type, title, status, detail, instance, reasons);
  }
}
