package dev.wrinklefree.launch.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.launch.template.TaskTemplate;
import dev.wrinklefree.launch.template.TemplateLibrary;
import dev.wrinklefree.launch.template.TemplateSearch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a task that a request brings, and holds its variables and secrets to the request's rules.
 */
final class ForeignTaskRule {

  private final Set<String> secrets;
  private final Findings findings;

  ForeignTaskRule(Set<String> secrets, Findings findings) {
    this.secrets = secrets;
    this.findings = findings;
  }

  Optional<TaskTemplate> read(String yaml) {
    if (yaml.getBytes(StandardCharsets.UTF_8).length > Limits.TASK) {
      findings.add("task", Code.BAD_LENGTH, "a task has at most " + Limits.TASK + " bytes");
      return Optional.empty();
    }
    return switch (TemplateLibrary.foreign(yaml)) {
      case TemplateSearch.Found found -> {
        JsonNode task = found.template().task();
        characters(task, "task", findings);
        variables(task);
        secrets(task);
        yield Optional.of(found.template());
      }
      case TemplateSearch.Missing ignored -> Optional.empty();
      case TemplateSearch.Unusable unusable -> {
        findings.add(
            "task", Code.BAD_TASK, "the task cannot be used: " + Texts.clause(unusable.reason()));
        yield Optional.empty();
      }
    };
  }

  /** YAML can write in an escape what the text itself does not hold. */
  private static void characters(JsonNode node, String path, Findings findings) {
    if (node.isTextual() && Texts.hasBadCharacterInLines(node.textValue())) {
      findings.add(path, Code.BAD_CHARACTER, "a text must not hold control characters");
    } else if (node.isTextual() && SecretRule.isIn(node.textValue())) {
      findings.add(
          path, Code.SECRET_IN_VALUE, "the value looks like a secret, and " + SecretRule.ADVICE);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (Texts.hasBadCharacter(entry.getKey())) {
        findings.add(path, Code.BAD_CHARACTER, "a key must not hold control characters");
      }
      characters(entry.getValue(), path + "." + Texts.shown(entry.getKey()), findings);
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        characters(node.get(i), path + "[" + i + "]", findings);
      }
    }
  }

  private void variables(JsonNode task) {
    for (Map.Entry<String, JsonNode> variable : task.path("envs").properties()) {
      if (SecretRule.isNamedBy(variable.getKey())
          && !EnvironmentRule.isHarmless(variable.getKey())
          && !variable.getValue().asText("").isEmpty()) {
        findings.add(
            "task.envs." + Texts.shown(variable.getKey()),
            Code.SECRET_IN_ENVIRONMENT,
            Texts.shown(variable.getKey()) + " is a secret by its name, and " + SecretRule.ADVICE);
      }
    }
  }

  private void secrets(JsonNode task) {
    for (Map.Entry<String, JsonNode> secret : task.path("secrets").properties()) {
      String path = "task.secrets." + Texts.shown(secret.getKey());
      if (!secret.getValue().isNull()) {
        findings.add(
            path, Code.SECRET_IN_VALUE, "a secret is named with the value null; SkyPilot has it");
      } else {
        Words.known(path, secret.getKey(), Code.UNKNOWN_SECRET, secrets, findings);
      }
    }
  }
}
