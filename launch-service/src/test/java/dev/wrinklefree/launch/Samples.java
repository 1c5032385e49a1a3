package dev.wrinklefree.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.catalog.Homes;
import dev.wrinklefree.launch.template.TemplateLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The guide's catalog, a template like the real one, and requests against them. */
public final class Samples {

  /** A template with all that rendering must keep. */
  public static final String TEMPLATE =
      """
      name: wf-fairy2-train
      workdir:
        url: https://example.org/trainer.git
        ref: 0123456789abcdef0123456789abcdef01234567
      resources:
        accelerators: H100:1
        use_spot: false
        disk_size: 200
        disk_tier: best
        job_recovery:
          max_restarts_on_errors: 3
      envs:
        MODEL: smollm2_135m
        OVERRIDE_COUNT: "0"
        KEPT: "007"
      setup: |
        set -eu
        echo setup
      run: |
        set -eu
        echo run
      """;

  private Samples() {}

  /** The catalog as the service is configured by default. */
  public static Catalog catalog() {
    return new Catalog(
        new TreeMap<>(Map.of("smollm2_135m", "small", "qwen3_4b", "large")),
        new TreeSet<>(Set.of("w1", "w2")),
        "w2",
        new TreeMap<>(
            Map.of(
                "dev", new Accelerators("A10G", 1),
                "small", new Accelerators("H100", 1),
                "medium", new Accelerators("H100", 2),
                "large", new Accelerators("H100", 4),
                "xlarge", new Accelerators("H100", 8))),
        new TreeSet<>(Set.of("nebius", "gcp", "aws")),
        List.of(
            new CloudCandidate("nebius", null),
            new CloudCandidate("gcp", null),
            new CloudCandidate("aws", null)),
        new TreeSet<>(Set.of("WANDB_API_KEY", "HF_TOKEN")),
        List.of(),
        "fairy2_train",
        true);
  }

  /** The same where only templates are launched. */
  public static Catalog catalogOfTemplatesOnly() {
    Catalog catalog = catalog();
    return new Catalog(
        catalog.defaultScales(),
        catalog.modes(),
        catalog.defaultMode(),
        catalog.scales(),
        catalog.clouds(),
        catalog.cloudOrder(),
        catalog.secrets(),
        catalog.standingSecrets(),
        catalog.defaultTemplate(),
        false);
  }

  /** The guide's bucket and W&amp;B project. */
  public static Homes homes() {
    return new Homes(
        "wrinklefree-checkpoints", "fairy2/{model}/{runId}/", "wrinklefree-fairy2", null);
  }

  /** Writes {@link #TEMPLATE} as {@code fairy2_train} into a directory. */
  public static Path templates(Path directory) {
    try {
      Files.writeString(directory.resolve("fairy2_train.yaml"), TEMPLATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }

  /** The library of a directory, whose headers may name the guide's scales. */
  public static TemplateLibrary library(Path directory) {
    return new TemplateLibrary(directory, catalog().scales().keySet());
  }

  /** The smallest valid request. */
  public static ObjectNode smallest() {
    return json("{\"model\":\"smollm2_135m\"}");
  }

  /** A JSON object from its text. */
  public static ObjectNode json(String text) {
    try {
      return (ObjectNode) ContractJson.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
