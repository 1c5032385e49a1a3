package dev.wrinklefree.launch.checks;

import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.template.TemplateLibrary;
import dev.wrinklefree.launch.template.TemplateSearch;
import dev.wrinklefree.rest.checks.Check;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Tries the credential for SkyPilot, reads every template, and looks at the standing secrets. */
public final class LaunchChecks {

  private static final String CREDENTIAL = "skypilot-credential";
  private static final String TEMPLATES = "templates";
  private static final String SECRETS = "standing-secrets";
  private static final String WANDB_KEY = "WANDB_API_KEY";
  private static final String CORRECT_ADDRESS =
      "Start SkyPilot's API server (`sky api start`) or correct wf.skypilot.endpoint.";

  private final Supplier<List<String>> enabledClouds;
  private final TemplateLibrary templates;
  private final Catalog catalog;

  /**
   * The checks.
   *
   * @param enabledClouds asks SkyPilot, which answers those only who may launch, too; fails with a
   *     {@link SkyPilotException}
   */
  public LaunchChecks(
      Supplier<List<String>> enabledClouds, TemplateLibrary templates, Catalog catalog) {
    this.enabledClouds = enabledClouds;
    this.templates = templates;
    this.catalog = catalog;
  }

  /** All of them, in the order in which a launch needs them. */
  public List<Check> run() {
    return List.of(credential(), templates(), secrets());
  }

  private Check credential() {
    try {
      List<String> enabled = enabledClouds.get();
      List<String> wanted = catalog.cloudOrder().stream().map(CloudCandidate::cloud).toList();
      List<String> usable =
          wanted.stream()
              .filter(cloud -> enabled.stream().anyMatch(e -> named(e).equals(cloud)))
              .toList();
      return usable.isEmpty()
          ? Check.failed(
              CREDENTIAL,
              "the credential is good, and SkyPilot has none of the clouds "
                  + String.join(", ", wanted)
                  + " enabled",
              "Run `sky check` where the server runs, or name other clouds in"
                  + " wf.launch.cloud-order.")
          : Check.ok(CREDENTIAL, "may launch; clouds in order: " + String.join(", ", usable));
    } catch (SkyPilotException.Permanent e) {
      String advice =
          switch (e.refusal()) {
            case Refusal.NeedsAuthentication ignored ->
                "Give launch-service a valid wf.skypilot.token.";
            case Refusal.Forbidden ignored ->
                "Give launch-service a token of the role user: a viewer's may not launch.";
            case Refusal.VersionMismatch ignored -> "Update SkyPilot's API server.";
            case Refusal.InvalidRequest ignored -> CORRECT_ADDRESS;
            case Refusal.ServerError ignored -> "Look at the API server's log (`sky api logs`).";
            case Refusal.Rejected ignored -> CORRECT_ADDRESS;
            case Refusal.NotUnderstood ignored -> CORRECT_ADDRESS;
          };
      return Check.failed(CREDENTIAL, e.refusal().describe(), advice);
    } catch (SkyPilotException e) {
      return Check.unknown(CREDENTIAL, String.valueOf(e.getMessage()), CORRECT_ADDRESS);
    }
  }

  /** SkyPilot may add a region or a context behind a slash. */
  private static String named(String cloud) {
    return cloud.split("/", 2)[0].toLowerCase(Locale.ROOT);
  }

  private Check templates() {
    List<String> usable = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (String name : templates.names()) {
      try {
        switch (templates.find(name)) {
          case TemplateSearch.Found ignored -> usable.add(name);
          case TemplateSearch.Missing ignored -> unusable.add(name + ": it is gone");
          case TemplateSearch.Unusable reason -> unusable.add(name + ": " + reason.reason());
        }
      } catch (UncheckedIOException e) {
        unusable.add(name + ": it cannot be read just now");
      }
    }
    if (!unusable.isEmpty()) {
      return Check.failed(
          TEMPLATES,
          String.join("; ", unusable),
          "Correct these files in " + templates.directory() + "; the others can be launched.");
    }
    return usable.contains(catalog.defaultTemplate())
        ? Check.ok(TEMPLATES, String.join(", ", usable))
        : Check.failed(
            TEMPLATES,
            "there is no " + catalog.defaultTemplate() + ", the default",
            "Put its file into " + templates.directory() + " (wf.templates.directory).");
  }

  private Check secrets() {
    List<String> standing = catalog.standingSecrets();
    return standing.contains(WANDB_KEY)
        ? Check.ok(SECRETS, "every run asks SkyPilot for " + String.join(", ", standing))
        : Check.unknown(
            SECRETS,
            standing.isEmpty()
                ? "no secret is given to runs that do not ask for it"
                : "runs get " + String.join(", ", standing) + ", and no " + WANDB_KEY,
            "Where SkyPilot has "
                + WANDB_KEY
                + ", set wf.launch.standing-secrets="
                + WANDB_KEY
                + ": without it a run's metrics stay on its machine.");
  }
}
