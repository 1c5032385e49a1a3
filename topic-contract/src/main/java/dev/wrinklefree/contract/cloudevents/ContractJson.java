package dev.wrinklefree.contract.cloudevents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;

/** The one JSON dialect of the contract. */
public final class ContractJson {

  /** Deeper than any event of ours, and shallow enough that a JSON bomb is refused at once. */
  private static final int MAX_NESTING = 32;

  /** Of one string; all data of an event has no more. */
  private static final int MAX_STRING_LENGTH = EventCodec.MAX_DATA_BYTES;

  /** Of a field's name: those of maps, such as labels, are the longest. */
  private static final int MAX_NAME_LENGTH = 1_000;

  /** Of a number, in digits. Money has 36; reading takes time by the square of them. */
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxStringLength(MAX_STRING_LENGTH)
                          .maxNameLength(MAX_NAME_LENGTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Names of strangers must not stay in tables that live as long as the process.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(LogicalType.Integer, ContractJson::asGiven)
          .withCoercionConfig(LogicalType.Boolean, ContractJson::asGiven)
          .withCoercionConfig(LogicalType.Textual, ContractJson::asGiven)
          // Not all of LogicalType.Float, to which Money's decimal strings belong.
          .withCoercionConfig(Double.class, ContractJson::asGiven)
          .withCoercionConfig(double.class, ContractJson::asGiven)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private ContractJson() {}

  /**
   * A mapper of its own for the caller: instants as RFC 3339 strings, absent fields left out,
   * unknown fields ignored, duplicate fields refused, sizes limited. What came from outside is read
   * by {@link ForeignJson}, which is stricter still.
   */
  public static ObjectMapper mapper() {
    return MAPPER.copy();
  }

  /** A value of another JSON type is wrong, not a hint. */
  private static void asGiven(MutableCoercionConfig config) {
    for (CoercionInputShape shape :
        List.of(
            CoercionInputShape.Integer,
            CoercionInputShape.Float,
            CoercionInputShape.String,
            CoercionInputShape.EmptyString,
            CoercionInputShape.Boolean)) {
      config.setCoercion(shape, CoercionAction.Fail);
    }
  }

  static ObjectMapper shared() {
    return MAPPER;
  }
}
