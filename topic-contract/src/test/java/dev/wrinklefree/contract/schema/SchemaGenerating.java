package dev.wrinklefree.contract.schema;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the JSON Schema of an event type from its record and the record's Javadoc. */
final class SchemaGenerating {

  private final JavadocParams javadoc = new JavadocParams();
  private final SchemaGenerator generator = generator();

  /** The whole schema of that type's data. */
  ObjectNode schemaOf(EventType type) {
    ObjectNode schema = generator.generateSchema(type.dataClass());
    ObjectNode titled = schema.objectNode();
    titled.set("$schema", schema.get("$schema"));
    titled.put("$id", "urn:wrinklefree:schema:" + type.typeName());
    titled.put("title", type.typeName());
    titled.put("description", javadoc.of(type.dataClass(), ""));
    schema
        .properties()
        .forEach(
            field -> {
              if (!titled.has(field.getKey())) {
                titled.set(field.getKey(), field.getValue());
              }
            });
    return titled;
  }

  private SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.NONPUBLIC_NONSTATIC_FIELDS_WITHOUT_GETTERS)
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
            .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE));
    builder.forFields().withRequiredCheck(SchemaGenerating::isRequired);
    builder
        .forFields()
        .withDescriptionResolver(
            field ->
                field.isFakeContainerItemScope()
                    ? null
                    : javadoc.of(field.getDeclaringType().getErasedType(), field.getName()));
    builder
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) -> definition(type.getErasedType(), context));
    return new SchemaGenerator(builder.build());
  }

  private static boolean isRequired(FieldScope field) {
    Field raw = field.getRawMember();
    boolean fromStranger = field.getDeclaringType().getErasedType() == LaunchRequested.class;
    boolean container =
        Collection.class.isAssignableFrom(raw.getType())
            || Map.class.isAssignableFrom(raw.getType());
    return !isNullable(raw.getAnnotatedType()) && !(fromStranger && container);
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static @Nullable CustomDefinition definition(
      Class<?> type, SchemaGenerationContext context) {
    ObjectNode node = context.getGeneratorConfig().createObjectNode().put("type", "string");
    if (type == RunId.class) {
      requireJsonValue(type);
      node.put("pattern", "^" + RunId.PATTERN + "$");
    } else if (type == Instant.class) {
      node.put("format", "date-time");
    } else if (type == LocalDate.class) {
      node.put("format", "date");
    } else if (type == BigDecimal.class) {
      requireStringAmount();
      node.put("pattern", "^-?[0-9]+(\\.[0-9]+)?$");
    } else if (type == Map.class) {
      // Every map of the contract has text values; inline, since "Map(String,String)" is no name.
      node.put("type", "object").putObject("additionalProperties").put("type", "string");
    } else {
      return null;
    }
    return new CustomDefinition(
        node, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
  }

  private static void requireJsonValue(Class<?> type) {
    try {
      if (type.getMethod("value").getAnnotation(JsonValue.class) == null) {
        throw new IllegalStateException(type + " is not written as a plain string");
      }
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireStringAmount() {
    try {
      JsonFormat format = Money.class.getDeclaredField("amount").getAnnotation(JsonFormat.class);
      if (format == null || format.shape() != JsonFormat.Shape.STRING) {
        throw new IllegalStateException("Money.amount must be a string on the wire");
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
