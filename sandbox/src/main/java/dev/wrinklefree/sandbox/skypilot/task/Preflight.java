package dev.wrinklefree.sandbox.skypilot.task;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks that SkyPilot makes after it took a job: their failure is FAILED_PRECHECKS. */
public final class Preflight {

  private static final Pattern TASK_NAME = Pattern.compile("[a-zA-Z]([-_.a-zA-Z0-9]*[a-zA-Z0-9])?");

  private static final Set<String> CLOUDS =
      Set.of(
          "aws",
          "azure",
          "gcp",
          "ibm",
          "lambda",
          "scp",
          "oci",
          "kubernetes",
          "k8s",
          "runpod",
          "vast",
          "vsphere",
          "cudo",
          "fluidstack",
          "paperspace",
          "primeintellect",
          "do",
          "nebius",
          "ssh",
          "slurm",
          "hyperbolic",
          "seeweb",
          "shadeform",
          "yotta",
          "mithril",
          "verda");

  private final OfferBook offers;

  /**
   * @param offers the machines on sale
   */
  public Preflight(OfferBook offers) {
    this.offers = requireNonNull(offers, "offers is null");
  }

  /** Outcome of the checks. */
  public sealed interface Result {

    /** The job can run there. */
    record Feasible(Placement placement) implements Result {}

    /** The job can never run; the reason goes into {@code failure_reason}. */
    record Infeasible(String reason) implements Result {}
  }

  /** Checks a task and finds its machine. */
  public Result check(Task task) {
    if (!TASK_NAME.matcher(task.name()).matches()) {
      return new Result.Infeasible(
          "sky.exceptions.InvalidClusterNameError: task name \"%s\" is invalid; ensure it is fully matched by regex: %s"
              .formatted(task.name(), TASK_NAME.pattern()));
    }
    Optional<String> unknown =
        task.candidates().stream()
            .flatMap(candidate -> Stream.ofNullable(candidate.cloud()))
            .filter(cloud -> !CLOUDS.contains(cloud.toLowerCase(Locale.ROOT)))
            .findFirst();
    if (unknown.isPresent()) {
      return new Result.Infeasible(
          "ValueError: Cloud '%s' is not a valid cloud among %s"
              .formatted(unknown.get(), CLOUDS.stream().sorted().toList()));
    }
    return offers
        .place(task.candidates())
        .<Result>map(Result.Feasible::new)
        .orElseGet(
            () ->
                new Result.Infeasible(
                    "sky.exceptions.ResourcesUnavailableError: Catalog does not contain any instances satisfying the request: "
                        + task.candidates().stream()
                            .map(Candidate::describe)
                            .collect(Collectors.joining("; "))));
  }
}
