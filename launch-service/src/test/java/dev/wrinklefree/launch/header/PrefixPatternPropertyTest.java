package dev.wrinklefree.launch.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class PrefixPatternPropertyTest {

  private static final PrefixPattern PATTERN =
      new PrefixPattern("train/{model}/stage{stage}/{runId}/");

  @Property(tries = 1000, seed = "20261123")
  void anyTextIsEitherRefusedOrStaysOnePartOfTheName(@ForAll @StringLength(max = 70) String stage) {
    Map<String, String> values = Map.of("model", "m", "stage", stage, "runId", "r");
    if (PrefixPattern.VALUE.matcher(stage).matches()) {
      String prefix = PATTERN.fill(values);
      assertThat(prefix).isEqualTo("train/m/stage" + stage + "/r/");
      assertThat(prefix.split("/")).hasSize(4);
    } else {
      assertThatThrownBy(() -> PATTERN.fill(values)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property(tries = 1000, seed = "20261123")
  void twoRunsNeverShareAPrefixNorLieInOneAnothers(
      @ForAll("values") String stage, @ForAll("runs") String one, @ForAll("runs") String other) {
    String first = PATTERN.fill(Map.of("model", "m", "stage", stage, "runId", one));
    String second = PATTERN.fill(Map.of("model", "m", "stage", stage, "runId", other));

    assertThat(first.startsWith(second)).isEqualTo(one.equals(other));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings()
        .withChars("ab1._-")
        .ofMinLength(1)
        .ofMaxLength(6)
        .filter(text -> PrefixPattern.VALUE.matcher(text).matches());
  }

  @Provide
  Arbitrary<String> runs() {
    return Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(3);
  }
}
