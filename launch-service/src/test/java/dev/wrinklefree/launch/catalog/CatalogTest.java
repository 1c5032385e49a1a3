package dev.wrinklefree.launch.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.Samples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

  @Test
  void aModelNeedsAKnownDefaultScale() {
    Catalog good = Samples.catalog();

    assertThatThrownBy(
            () ->
                new Catalog(
                    new TreeMap<>(Map.of("smollm2_135m", "tiny")),
                    good.modes(),
                    good.defaultMode(),
                    good.scales(),
                    good.clouds(),
                    good.cloudOrder(),
                    good.secrets(),
                    List.of(),
                    good.defaultTemplate(),
                    true))
        .hasMessage("model smollm2_135m has the unknown default scale tiny");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fairy2/{model}/", "fairy2/{runId}", "/fairy2/{runId}/"})
  void aPrefixPatternGivesEachRunAFolderOfItsOwn(String pattern) {
    assertThatThrownBy(() -> new Homes("b", pattern, "p", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the prefix pattern must");
  }

  @Test
  void aPrefixHoldsModelAndRun() {
    assertThat(Samples.homes().checkpointPrefix("qwen3_4b", new RunId("a")))
        .isEqualTo("fairy2/qwen3_4b/a/");
  }
}
