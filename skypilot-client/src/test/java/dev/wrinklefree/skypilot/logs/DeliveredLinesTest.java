package dev.wrinklefree.skypilot.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeliveredLinesTest {
  private final DeliveredLines delivered = new DeliveredLines();

  @Test
  void equalLinesOfOneStreamAreAllNews() {
    assertThat(news(List.of("a", "a", "b", "a"))).containsExactly("a", "a", "b", "a");
  }

  @Test
  void aReopenedStreamContinuesWhereItBroke() {
    news(List.of("a", "b"));
    delivered.restart();
    assertThat(news(List.of("a", "b", "c"))).containsExactly("c");
    delivered.restart();
    assertThat(news(List.of("a", "b", "c", "d"))).containsExactly("d");
  }

  @Test
  void aStreamThatDiffersIsGivenFromTheDifferenceOn() {
    news(List.of("a", "b", "c"));
    delivered.restart();
    assertThat(news(List.of("a", "x", "c"))).containsExactly("x", "c");
    delivered.restart();
    assertThat(news(List.of("a", "x", "c", "d"))).containsExactly("d");
  }

  @Test
  void remembersLongStreams() {
    List<String> lines = IntStream.range(0, 5_000).mapToObj(i -> "line " + i).toList();
    news(lines);
    delivered.restart();
    assertThat(news(lines)).isEmpty();
  }

  private List<String> news(List<String> lines) {
    return lines.stream().filter(delivered::isNew).toList();
  }
}
