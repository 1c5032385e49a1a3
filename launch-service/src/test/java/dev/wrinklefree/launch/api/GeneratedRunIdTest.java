package dev.wrinklefree.launch.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.RunId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GeneratedRunIdTest {

  @Test
  void isReadableAndTheSameForTheSameKey() {
    RunId first = GeneratedRunId.of("a", "smollm2_135m", "w2");

    assertThat(first.value()).matches("smollm2-135m-w2-[0-9a-hjkmnp-tv-z]{8}");
    assertThat(GeneratedRunId.of("a", "smollm2_135m", "w2")).isEqualTo(first);
    assertThat(GeneratedRunId.of("b", "smollm2_135m", "w2")).isNotEqualTo(first);
  }

  @Property(tries = 500, seed = "20261123")
  void anyModelGivesALegalId(@ForAll String model, @ForAll String key) {
    assertThat(RunId.isLegal(GeneratedRunId.of(key, model, "w1").value())).isTrue();
  }
}
