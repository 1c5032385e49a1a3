package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.CloudCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the cloud candidates of a request. */
final class CloudsReader {

  private static final Pattern REGION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private CloudsReader() {}

  /** The candidates in order; empty if none is named. */
  static List<CloudCandidate> read(Fields request, Set<String> known, Findings findings) {
    List<CloudCandidate> clouds = new ArrayList<>();
    for (Fields candidate : request.objects("clouds", Limits.CLOUDS)) {
      Optional<String> cloud =
          candidate
              .requiredText("cloud")
              .flatMap(
                  word ->
                      Words.known(
                          candidate.path("cloud"), word, Code.UNKNOWN_CLOUD, known, findings));
      Optional<String> region = region(candidate, findings);
      candidate.refuseOthers(List.of("cloud", "region"));
      if (cloud.isPresent()) {
        CloudCandidate given = new CloudCandidate(cloud.get(), region.orElse(null));
        if (clouds.contains(given)) {
          findings.add(candidate.path("cloud"), Code.DUPLICATE, "the candidate is listed twice");
        }
        clouds.add(given);
      }
    }
    return clouds;
  }

  private static Optional<String> region(Fields candidate, Findings findings) {
    Optional<String> region = candidate.text("region");
    if (region.isPresent() && !REGION.matcher(region.get()).matches()) {
      findings.add(
          candidate.path("region"),
          Code.BAD_FORMAT,
          "\"" + Texts.shown(region.get()) + "\" does not match " + REGION.pattern());
    }
    return region;
  }
}
