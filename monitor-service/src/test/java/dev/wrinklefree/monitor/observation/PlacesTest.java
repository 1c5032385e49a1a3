package dev.wrinklefree.monitor.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.skypilot.jobs.JobPlacement;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

  @Test
  void wholePlaceIsRead() {
    JobPlacement place =
        new JobPlacement(
            "2x[H100:4][Spot]",
            "2x[spot](gpus=H100:4, gpu-h100-sxm_4gpu, ...)",
            "Nebius",
            "eu-north1",
            null,
            Map.of("H100", BigDecimal.valueOf(4)));

    assertThat(Places.of(place))
        .contains(
            new Placement(
                "nebius",
                "eu-north1",
                null,
                "gpu-h100-sxm_4gpu",
                new Accelerators("H100", 4),
                true,
                2));
  }

  @Test
  void withoutACloudThereIsNoPlace() {
    assertThat(Places.of(JobPlacement.NONE)).isEmpty();
  }

  @Test
  void machineWithoutGpuAndPartOfOneAreRead() {
    JobPlacement cpu = new JobPlacement(null, "1x(m5.large)", "AWS", null, null, Map.of());
    JobPlacement part =
        new JobPlacement(null, null, "GCP", null, null, Map.of("L4", new BigDecimal("0.5")));

    assertThat(Places.of(cpu))
        .contains(new Placement("aws", null, null, "m5.large", null, false, 1));
    assertThat(Places.of(part)).map(Placement::accelerators).contains(new Accelerators("L4", 1));
  }
}
