package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.launch.validation.ValidRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request would launch, with defaults filled in. The fields are those of an accepted run.
 *
 * @param secrets names, standing ones included
 * @param resumedFrom {@code gs://} URI of the checkpoint that training would go on from
 */
public record DryRunView(
    String template,
    String name,
    @Nullable String model,
    @Nullable String mode,
    @Nullable String scale,
    @Nullable Accelerators accelerators,
    List<CloudCandidate> clouds,
    @Nullable Boolean spot,
    List<String> overrides,
    List<String> secrets,
    @Nullable Budget budget,
    Map<String, String> labels,
    Map<String, String> parameters,
    @Nullable String resumedFrom) {

  static DryRunView of(ValidRequest request, @Nullable String resumedFrom) {
    return new DryRunView(
        request.template().name(),
        request.name(),
        request.model(),
        request.mode(),
        request.scale(),
        request.accelerators(),
        request.clouds(),
        request.spot(),
        request.overrides(),
        request.secrets(),
        request.budget(),
        request.labels(),
        request.parameters(),
        resumedFrom);
  }
}
