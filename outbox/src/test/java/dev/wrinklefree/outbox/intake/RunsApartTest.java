package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RunsApartTest {

  @Property(seed = "7")
  void piecesAreTheWholeInItsOrderAndNoneHasARunOrAnEventTwice(
      @ForAll @Size(max = 30) List<@IntRange(max = 7) Integer> runs,
      @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 9) Integer> ids) {
    List<EventAttributes> events =
        IntStream.range(0, runs.size())
            .mapToObj(i -> event("run-" + runs.get(i), "event-" + ids.get(i)))
            .toList();

    List<List<EventAttributes>> pieces = RunsApart.pieces(events, event -> event);

    assertThat(pieces.stream().flatMap(List::stream)).containsExactlyElementsOf(events);
    assertThat(pieces)
        .allSatisfy(
            piece -> {
              assertThat(piece).isNotEmpty();
              assertThat(piece).extracting(EventAttributes::runId).doesNotHaveDuplicates();
              assertThat(piece).extracting(EventAttributes::id).doesNotHaveDuplicates();
            });
    for (int i = 1; i < pieces.size(); i++) {
      EventAttributes first = pieces.get(i).getFirst();
      assertThat(pieces.get(i - 1))
          .as("a piece ends only where it must")
          .anyMatch(
              before -> before.runId().equals(first.runId()) || before.id().equals(first.id()));
    }
  }

  private static EventAttributes event(String run, String id) {
    return new EventAttributes(
        id,
        "/test",
        EventType.LAUNCH_REQUESTED,
        new RunId(run),
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        null);
  }
}
