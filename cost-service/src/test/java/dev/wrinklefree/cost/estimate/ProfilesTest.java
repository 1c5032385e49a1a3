package dev.wrinklefree.cost.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.value.Accelerators;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

  private static final Map<String, Accelerators> SCALES =
      Map.of("small", new Accelerators("H100", 1));
  private static final KnownTime TWO_HOURS = new KnownTime(BigDecimal.TWO, "guide", null);

  @Test
  void shouldReadScalesInSkyPilotsNotation() {
    assertThat(Profiles.readScales(Map.of("large", "A100-80GB:4")))
        .isEqualTo(Map.of("large", new Accelerators("A100-80GB", 4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"H100", "H100:", ":4", "H100:0", "H100:-1", "H100:x", "4xH100", ""})
  void shouldNameAScaleThatIsMalformed(String notation) {
    assertThatThrownBy(() -> Profiles.readScales(Map.of("large", notation)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scale large must be GPUs such as H100:4");
  }

  @Test
  void shouldRefuseATimeOfAnUnknownModelOrScale() {
    assertThatThrownBy(() -> profiles(Map.of("gpt-9", Map.of("small", TWO_HOURS))))
        .hasMessageContaining("unknown model gpt-9");
    assertThatThrownBy(() -> profiles(Map.of("qwen3_4b", Map.of("huge", TWO_HOURS))))
        .hasMessageContaining("unknown scale huge");
  }

  @Test
  void shouldRefuseATimeThatIsNone() {
    assertThatThrownBy(() -> new KnownTime(BigDecimal.ZERO, "guide", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Profiles profiles(Map<String, Map<String, KnownTime>> times) {
    return new Profiles(
        List.of("qwen3_4b"), SCALES, times, List.of("nebius"), "fairy2_train", Map.of());
  }
}
