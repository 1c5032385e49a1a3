package dev.wrinklefree.launch.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.ForeignJson;
import dev.wrinklefree.contract.cloudevents.MalformedJsonException;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.launch.validation.ValidRequest;
import dev.wrinklefree.launch.validation.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /launches}: the data of a launch request, and the run id, which an event
 * carries as its subject.
 *
 * @param data the request without the run id
 * @param runId the run id that was given, if it is legal; null if none was
 * @param wrong what is wrong with the given run id
 */
record LaunchBody(ObjectNode data, @Nullable RunId runId, List<Violation> wrong) {

  private static final ObjectMapper MAPPER = ContractJson.mapper();
  private static final String RUN_ID = "runId";

  /**
   * Reads a body.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem if it is too large, or no JSON object
   */
  static LaunchBody read(byte[] body) {
    if (body.length > EventCodec.MAX_DATA_BYTES) {
      throw LaunchProblems.tooLarge();
    }
    ObjectNode data;
    try {
      data = ForeignJson.readObject(body);
    } catch (MalformedJsonException e) {
      throw LaunchProblems.malformed(
          "An object such as {\"model\": \"smollm2_135m\"} is needed: " + e.getMessage() + ".");
    }
    JsonNode given = data.remove(RUN_ID);
    if (given == null || given.isNull()) {
      return new LaunchBody(data, null, List.of());
    }
    if (given.isTextual() && RunId.isLegal(given.textValue())) {
      return new LaunchBody(data, new RunId(given.textValue()), List.of());
    }
    return new LaunchBody(
        data,
        null,
        List.of(
            new Violation(
                RUN_ID, "bad-format", "a run id is a string that matches " + RunId.PATTERN)));
  }

  /**
   * The request, if it is right.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 422, with all that is wrong
   */
  ValidRequest valid(LaunchRequestValidator validator) {
    List<Violation> violations = new ArrayList<>(wrong);
    return switch (validator.validate(data)) {
      case Verdict.Invalid invalid -> {
        violations.addAll(invalid.violations());
        throw LaunchProblems.invalid(violations);
      }
      case Verdict.Valid valid -> {
        if (!violations.isEmpty()) {
          throw LaunchProblems.invalid(violations);
        }
        yield valid.request();
      }
    };
  }

  /** The data's bytes, as the event carries them. */
  byte[] dataBytes() {
    try {
      return MAPPER.writeValueAsBytes(data);
    } catch (IOException e) {
      throw new IllegalStateException("a valid request always has a JSON form", e);
    }
  }
}
