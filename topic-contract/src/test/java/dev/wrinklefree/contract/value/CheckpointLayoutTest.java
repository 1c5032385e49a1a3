package dev.wrinklefree.contract.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.contract.value.CheckpointLayout.Pattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointLayoutTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "/a.pt", "a//b.pt", "../a.pt", "{step}/{step}.pt"})
  void refusesAPathThatIsNoneBelowAPrefix(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pattern(path, List.of(), false));
  }

  @Test
  void refusesADirectoryWithoutMembersAndAnObjectWithSome() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pattern("step-{step}/", List.of(), false))
        .withMessageContaining("without members");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pattern("step-{step}.pt", List.of("a"), false))
        .withMessageContaining("with members");
  }

  @Test
  void knowsWhetherALastCheckpointIsToBeWaitedFor() {
    assertThat(CheckpointLayout.FAIRY2.hasLast()).isTrue();
    assertThat(
            new CheckpointLayout(List.of(new Pattern("step_{step}/", List.of("m.pt"), false)))
                .hasLast())
        .isFalse();
  }
}
