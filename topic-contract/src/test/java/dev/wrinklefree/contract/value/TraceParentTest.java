package dev.wrinklefree.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  /** The example of the recommendation, section 3.2.2. */
  private static final String EXAMPLE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void readsAndWritesTheExampleOfTheRecommendation() {
    TraceParent parent = TraceParent.parse(EXAMPLE).orElseThrow();
    assertThat(parent.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(parent.parentId()).isEqualTo("00f067aa0ba902b7");
    assertThat(parent).hasToString(EXAMPLE);
  }

  @Test
  void readsWhatItKnowsOfALaterVersion() {
    assertThat(
            TraceParent.parse("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-else"))
        .map(TraceParent::toString)
        .contains(EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
      })
  void findsNoneInWhatIsMalformed(String text) {
    assertThat(TraceParent.parse(text)).isEmpty();
  }

  @Test
  void findsNoneWhereThereIsNone() {
    assertThat(TraceParent.parse(null)).isEmpty();
  }

  @Property(seed = "20261123")
  void beginsALegalTraceAndForTheSameEventTheSame(@ForAll String source, @ForAll String id) {
    TraceParent begun = TraceParent.begunBy(source, id);
    assertThat(TraceParent.parse(begun.toString())).contains(begun);
    assertThat(TraceParent.begunBy(source, id)).isEqualTo(begun);
  }
}
