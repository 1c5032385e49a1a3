package dev.wrinklefree.skypilot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobPlacementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1x[spot](gpus=L4:1, g2-standard-8, ...)                         | 1  | true  | g2-standard-8
          1x[spot](gpus=L4:1, cpus=8, mem=32, g2-standard-8, disk=256)    | 1  | true  | g2-standard-8
          16x(gpus=H100:8, gpu-h100-sxm_8gpu-128vcpu-1600gb, ...)         | 16 | false | gpu-h100-sxm_8gpu-128vcpu-1600gb
          1x(cpus=2, mem=8, m6i.large, ports=[80, 443])                   | 1  | false | m6i.large
          1x(gpus=L4:1, 4CPU--16GB--L4:1, ...)                            | 1  | false | 4CPU--16GB--L4:1
          2x(cpus=2, mem=8, ...)                                          | 2  | false |
          1x[spot]                                                        | 1  | true  |
          """)
  void readsTheMachines(
      String clusterResources, int nodes, boolean spot, @Nullable String instanceType) {
    JobPlacement placement = placed(null, clusterResources);
    assertThat(placement.nodes()).hasValue(nodes);
    assertThat(placement.spot()).isEqualTo(spot);
    assertThat(placement.instanceType().orElse(null)).isEqualTo(instanceType);
  }

  @Test
  void whatRunsCountsBeforeWhatWasAskedFor() {
    assertThat(placed("1x[L4:1][Spot]", "1x(gpus=L4:1, g2-standard-8, ...)").spot()).isFalse();
    assertThat(placed("1x[L4:1][Spot]", null).spot()).isTrue();
    assertThat(placed("4x[L4:1]", null).nodes()).hasValue(4);
    assertThat(placed(null, null).nodes()).isEmpty();
  }

  private static JobPlacement placed(@Nullable String resources, @Nullable String cluster) {
    return new JobPlacement(resources, cluster, "GCP", null, null, Map.of());
  }
}
