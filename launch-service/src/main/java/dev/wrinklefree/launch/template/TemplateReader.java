package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a template and refuses what cannot work when only YAML reaches SkyPilot. */
final class TemplateReader {

  private TemplateReader() {}

  static TemplateSearch read(String name, String text) {
    Optional<String> refusal = PlainYaml.refusal(text);
    if (refusal.isPresent()) {
      return new TemplateSearch.Unusable(refusal.get());
    }
    JsonNode document;
    try {
      document = TaskYaml.read(text);
    } catch (JsonProcessingException e) {
      return new TemplateSearch.Unusable("it is not YAML: " + firstLine(e.getOriginalMessage()));
    }
    if (!(document instanceof ObjectNode task)) {
      return new TemplateSearch.Unusable("it is not a mapping");
    }
    return problem(task)
        .<TemplateSearch>map(TemplateSearch.Unusable::new)
        .orElseGet(() -> new TemplateSearch.Found(new TaskTemplate(name, task)));
  }

  private static Optional<String> problem(ObjectNode task) {
    if (!task.path("run").isTextual()) {
      return Optional.of("it has no run script");
    }
    for (String block : List.of("resources", "envs", "secrets", "file_mounts", "_metadata")) {
      if (task.hasNonNull(block) && !task.get(block).isObject()) {
        return Optional.of(block + " is not a mapping");
      }
    }
    JsonNode labels = task.path("resources").path("labels");
    if (!labels.isMissingNode() && !labels.isNull() && !labels.isObject()) {
      return Optional.of("resources.labels is not a mapping");
    }
    JsonNode workdir = task.path("workdir");
    if (!workdir.isMissingNode() && !workdir.isNull() && !workdir.path("url").isTextual()) {
      return Optional.of("workdir must be a git {url, ref}: no local files reach SkyPilot");
    }
    for (Map.Entry<String, JsonNode> mount : task.path("file_mounts").properties()) {
      JsonNode value = mount.getValue();
      JsonNode source = value.isObject() ? value.path("source") : value;
      boolean local = source.isTextual() && !source.textValue().contains("://");
      if (local) {
        return Optional.of("file_mounts has the local file " + mount.getKey());
      }
    }
    return Optional.empty();
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no detail" : message.lines().findFirst().orElse("no detail");
  }
}
