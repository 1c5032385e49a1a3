package dev.wrinklefree.sandbox.skypilot.task;

import static dev.wrinklefree.sandbox.skypilot.request.RequestFailedException.badSchema;
import static dev.wrinklefree.sandbox.skypilot.request.RequestFailedException.notSupported;
import static dev.wrinklefree.sandbox.skypilot.request.RequestFailedException.valueError;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.wrinklefree.sandbox.skypilot.request.RequestFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the YAML of a managed job: one document, or a header document with the job's name and then
 * one task. Unknown keys are errors, as they are for SkyPilot.
 *
 * <p>What needs files or several machines ({@code workdir}, {@code file_mounts}, {@code num_nodes}
 * above 1, pipelines …) is refused with {@code NotSupportedError} when it is to be run.
 */
public final class TaskReader {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .build());

  private static final Set<String> HEADER_KEYS = Set.of("name", "execution");
  private static final Set<String> UNSUPPORTED_KEYS =
      Set.of(
          "workdir",
          "file_mounts",
          "volumes",
          "volume_mounts",
          "service",
          "pool",
          "managed_secrets");
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "workdir",
          "num_nodes",
          "resources",
          "envs",
          "secrets",
          "managed_secrets",
          "file_mounts",
          "volumes",
          "volume_mounts",
          "setup",
          "run",
          "service",
          "pool",
          "config",
          "event_callback",
          "api_server_access",
          "inputs",
          "outputs",
          "_metadata",
          "file_mounts_mapping");

  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final int MAX_PRIORITY = 1000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?");

  private static final String REDACTED = "<redacted>";

  private TaskReader() {}

  /**
   * Reads a task that is to be run.
   *
   * @param yaml text of one or two YAML documents
   * @param fallbackName name of a job that names itself nowhere
   * @throws RequestFailedException if it is no task, or one that this stand-in cannot run
   */
  public static Task read(String yaml, String fallbackName) {
    List<ObjectNode> documents = documents(yaml);
    String header = null;
    if (documents.size() > 1 && isHeader(documents.getFirst())) {
      header = text(documents.removeFirst(), "name").orElse(null);
    }
    if (documents.size() != 1) {
      throw notSupported("The sandbox runs jobs of one task; found " + documents.size());
    }
    ObjectNode document = documents.getFirst();
    Task task = task(document, header, fallbackName);
    refuseUnsupported(document);
    return task;
  }

  /**
   * Checks YAML without running it, as {@code /validate} does.
   *
   * @throws RequestFailedException if a document is not a task
   */
  public static void validate(String yaml) {
    List<ObjectNode> documents = documents(yaml);
    if (documents.size() > 1 && isHeader(documents.getFirst())) {
      documents.removeFirst();
    }
    documents.forEach(document -> task(document, null, "sky-task"));
  }

  static void refuseUnknownKeys(ObjectNode node, Set<String> known, String where) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw badSchema(
                    "Invalid %s YAML: Additional properties are not allowed ('%s' was unexpected)"
                        .formatted(where, key));
              }
            });
  }

  private static Task task(ObjectNode document, @Nullable String header, String fallbackName) {
    refuseUnknownKeys(document, KEYS, "task");
    Optional<String> ownName = text(document, "name");
    String jobName = header == null ? ownName.orElse(fallbackName) : header;
    refuseIllegalName(ownName.orElse(jobName));
    Map<String, String> envs = variables(document.path("envs"), "Environment variable");
    Map<String, String> inlineSecrets = new LinkedHashMap<>();
    List<String> namedSecrets = new ArrayList<>();
    secrets(document.path("secrets"), inlineSecrets, namedSecrets);
    JsonNode resources = document.path("resources");
    return new Task(
        jobName,
        ownName.orElse(jobName),
        envs,
        inlineSecrets,
        namedSecrets,
        text(document, "setup").orElse(null),
        text(document, "run").orElse(null),
        ResourceReader.candidates(resources),
        ResourceReader.recovery(resources),
        priority(resources.path("priority")),
        ResourceReader.labels(resources),
        document.get("_metadata") instanceof ObjectNode metadata
            ? metadata
            : JsonNodeFactory.instance.objectNode(),
        redact(document));
  }

  /** A cluster's name, which is narrower, is checked when the job is looked at. */
  private static void refuseIllegalName(String name) {
    if (!NAME.matcher(name).matches() || name.contains("---") || name.contains("___")) {
      throw valueError("Invalid task name " + name + ".");
    }
  }

  private static List<ObjectNode> documents(String yaml) {
    List<ObjectNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> iterator = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (iterator.hasNextValue()) {
        JsonNode document = iterator.nextValue();
        if (document.isNull() || document.isMissingNode()) {
          continue;
        }
        if (!(document instanceof ObjectNode object)) {
          throw valueError("Invalid task YAML: a mapping is expected");
        }
        documents.add(object);
      }
    } catch (IOException e) {
      String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : "";
      throw valueError("Invalid task YAML: " + reason);
    }
    if (documents.isEmpty()) {
      throw valueError("Invalid task YAML: it is empty");
    }
    return documents;
  }

  private static boolean isHeader(ObjectNode document) {
    List<String> keys = new ArrayList<>();
    document.fieldNames().forEachRemaining(keys::add);
    return keys.contains("name") && HEADER_KEYS.containsAll(keys);
  }

  private static Map<String, String> variables(JsonNode node, String kind) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : mapping(node, "envs").properties()) {
      if (entry.getValue().isNull()) {
        throw valueError(
            "%s '%s' is None. Please set a value for it in task YAML or with --env flag."
                .formatted(kind, entry.getKey()));
      }
      variables.put(variableName(entry.getKey()), value(entry.getKey(), entry.getValue()));
    }
    return variables;
  }

  private static void secrets(JsonNode node, Map<String, String> inline, List<String> named) {
    if (node.isArray()) {
      // The list form names them as "secrets:NAME".
      node.forEach(item -> named.add(variableName(item.asText().replaceFirst("^secrets:", ""))));
      return;
    }
    for (Map.Entry<String, JsonNode> entry : mapping(node, "secrets").properties()) {
      String name = variableName(entry.getKey());
      if (entry.getValue().isNull()) {
        named.add(name);
      } else {
        inline.put(name, value(name, entry.getValue()));
      }
    }
  }

  private static ObjectNode mapping(JsonNode node, String where) {
    if (node.isMissingNode() || node.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw badSchema("Invalid task YAML: " + where + " is a mapping of names to values");
  }

  private static String variableName(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw valueError("Invalid environment variable name: " + name);
    }
    return name;
  }

  private static String value(String name, JsonNode node) {
    if (!node.isValueNode()) {
      throw valueError("Invalid task YAML: the value of " + name + " is not a string");
    }
    // Python prints a boolean with a capital letter, and that is what the job sees.
    String value = node.isBoolean() ? (node.booleanValue() ? "True" : "False") : node.asText();
    if (value.indexOf('\0') >= 0) {
      throw valueError("The value of " + name + " has a NUL character");
    }
    return value;
  }

  private static int priority(JsonNode node) {
    int priority = node.asInt(0);
    if (Math.abs(priority) > MAX_PRIORITY) {
      throw valueError("Priority must be between -1000 and 1000, got " + priority);
    }
    return priority;
  }

  private static void refuseUnsupported(ObjectNode document) {
    for (String key : UNSUPPORTED_KEYS) {
      if (document.hasNonNull(key)) {
        throw notSupported("The sandbox runs tasks without `" + key + "`");
      }
    }
    if (document.path("num_nodes").asInt(1) != 1) {
      throw notSupported("The sandbox runs tasks of one node");
    }
  }

  private static String redact(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    if (copy.get("secrets") instanceof ObjectNode secrets) {
      List<String> names = new ArrayList<>();
      secrets.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> secrets.put(name, REDACTED));
    }
    try {
      return YAML.writeValueAsString(copy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values has no YAML", e);
    }
  }

  private static Optional<String> text(ObjectNode node, String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }
}
