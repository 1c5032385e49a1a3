package dev.wrinklefree.contract.cloudevents;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a record that was read from JSON to its own word on which fields may be absent. */
final class RequiredFields {

  private RequiredFields() {}

  /**
   * @throws IllegalArgumentException naming the first component that is null without being {@link
   *     Nullable}, here or in a nested record, list or map
   */
  static void check(Object data) {
    check(data, "");
  }

  private static void check(@Nullable Object data, String path) {
    if (data == null) {
      throw new IllegalArgumentException("field " + path + " must not be null");
    }
    if (data instanceof Iterable<?> items) {
      int index = 0;
      for (Object item : items) {
        check(item, path + "[" + index++ + "]");
      }
      return;
    }
    if (data instanceof Map<?, ?> members) {
      members.forEach((name, member) -> check(member, path + "." + name));
      return;
    }
    if (!(data instanceof Record)) {
      return;
    }
    for (RecordComponent component : data.getClass().getRecordComponents()) {
      String field = path.isEmpty() ? component.getName() : path + "." + component.getName();
      Object value = read(component, data);
      if (value != null) {
        check(value, field);
      } else if (!isNullable(component.getAnnotatedType())) {
        throw new IllegalArgumentException("field " + field + " is required");
      }
    }
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static @Nullable Object read(RecordComponent component, Object data) {
    try {
      return component.getAccessor().invoke(data);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("contract records are public", e);
    }
  }
}
