package dev.wrinklefree.launch.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.launch.header.BadHeaderException;
import dev.wrinklefree.launch.header.HeaderReader;
import dev.wrinklefree.launch.header.TemplateHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a template and refuses what cannot work when only YAML reaches SkyPilot. */
final class TemplateReader {

  /**
   * What reaches beyond the job's own machines: commands on SkyPilot's controller, its settings,
   * and the pods of its Kubernetes clusters.
   */
  private static final List<String> FOREIGN_KEYS_REFUSED =
      List.of("event_callback", "config", "service", "pool", "file_mounts_mapping");

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
    Optional<String> problem = problem(task);
    if (problem.isPresent()) {
      return new TemplateSearch.Unusable(problem.get());
    }
    try {
      return new TemplateSearch.Found(new TaskTemplate(name, task, header(task)));
    } catch (BadHeaderException e) {
      return new TemplateSearch.Unusable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads a task that a request brings. It is held to the same rules, and its header counts only
   * where it says how results are read.
   */
  static TemplateSearch readForeign(String text) {
    return switch (read(TaskTemplate.FOREIGN, text)) {
      case TemplateSearch.Found found -> {
        ObjectNode task = found.template().task();
        for (String key : FOREIGN_KEYS_REFUSED) {
          if (task.hasNonNull(key)) {
            yield new TemplateSearch.Unusable("it has " + key + ", which only a template may have");
          }
        }
        TemplateHeader header =
            task.path("_metadata").hasNonNull(TemplateHeader.KEY)
                ? found.template().header().ofForeignTask()
                : TemplateHeader.foreignSilent();
        yield new TemplateSearch.Found(new TaskTemplate(TaskTemplate.FOREIGN, task, header));
      }
      case TemplateSearch.Missing missing -> missing;
      case TemplateSearch.Unusable unusable -> unusable;
    };
  }

  private static TemplateHeader header(ObjectNode task) throws BadHeaderException {
    JsonNode header = task.path("_metadata").path(TemplateHeader.KEY);
    return header.isMissingNode() || header.isNull()
        ? TemplateHeader.SILENT
        : HeaderReader.read(header, "_metadata." + TemplateHeader.KEY);
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
