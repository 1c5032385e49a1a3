package dev.wrinklefree.sandbox.wandb.graphql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A type of the schema, and how its fields follow from a Java object.
 *
 * @param <T> the Java object
 */
public final class ObjectType<T> {

  private final String name;
  private final Map<String, Resolver<T>> fields = new LinkedHashMap<>();

  /** A type without fields. */
  public ObjectType(String name) {
    this.name = name;
  }

  /**
   * How a field follows. The value is a text, a number, a truth value, a {@code JsonNode}, a {@link
   * Value}, a list of those, or null.
   */
  @FunctionalInterface
  public interface Resolver<T> {

    /** The field of this object. */
    @Nullable Object resolve(T source, Arguments arguments);
  }

  /** An object with its type. */
  public record Value<T>(ObjectType<T> type, T source) {

    @Nullable Object field(String name, Arguments arguments) {
      if (name.equals("__typename")) {
        return type.name;
      }
      Resolver<T> resolver = type.fields.get(name);
      if (resolver == null) {
        throw new GraphQlException(
            "Cannot query field \"%s\" on type \"%s\".".formatted(name, type.name));
      }
      return resolver.resolve(source, arguments);
    }
  }

  /** The same type with a field that takes arguments. */
  public ObjectType<T> field(String field, Resolver<T> resolver) {
    fields.put(field, resolver);
    return this;
  }

  /** The same type with a field that takes none. */
  public ObjectType<T> field(String field, Function<T, @Nullable Object> value) {
    return field(field, (source, arguments) -> value.apply(source));
  }

  /** An object of this type. */
  public Value<T> of(T source) {
    return new Value<>(this, source);
  }

  /** The object, or null for null. */
  public @Nullable Value<T> ofNullable(@Nullable T source) {
    return source == null ? null : of(source);
  }

  String name() {
    return name;
  }

  Set<String> fieldNames() {
    return fields.keySet();
  }
}
