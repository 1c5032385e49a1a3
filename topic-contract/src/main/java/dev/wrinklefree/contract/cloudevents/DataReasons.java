package dev.wrinklefree.contract.cloudevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;

/** Why data cannot be read as its record: the field and what it should be, without its value. */
final class DataReasons {

  private DataReasons() {}

  static String of(JsonProcessingException failure) {
    return switch (failure) {
      // Thrown by a record of the contract, whose words are ours.
      case ValueInstantiationException refused
          when refused.getCause() instanceof IllegalArgumentException own ->
          at(refused) + own.getMessage();
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          at(mismatch) + "is no " + mismatch.getTargetType().getSimpleName();
      case JsonMappingException other -> at(other) + "cannot be read";
      default -> "the data cannot be read";
    };
  }

  private static String at(JsonMappingException failure) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : failure.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "the data " : "field " + path + " ";
  }
}
