package dev.wrinklefree.monitor.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.monitor.state.RecordedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnownRowsTest {

  private final KnownRows known = new KnownRows();
  private final Map<String, RunEntity> table = new TreeMap<>();
  private final List<String> loaded = new ArrayList<>();

  @Test
  void rowsThatWereNotWrittenAreNotLoadedAgain() {
    write("one", 1);
    write("two", 2);
    List<RecordedJob> first = read("one a", "two a");
    loaded.clear();

    assertThat(read("one a", "two a")).isEqualTo(first);
    assertThat(read("two a", "one a")).containsExactlyInAnyOrderElementsOf(first);
    assertThat(loaded).isEmpty();
  }

  @Test
  void ofManyRowsOnlyTheOneThatWasWrittenIsLoaded() {
    write("one", 1);
    write("two", 2);
    read("one a", "two a");
    loaded.clear();
    write("two", 22);

    assertThat(read("one a", "two b"))
        .extracting(RecordedJob::jobId)
        .containsExactlyInAnyOrder(1L, 22L);
    assertThat(loaded).containsExactly("two");
  }

  @Test
  void aRunThatIsNoLongerWatchedIsForgotten() {
    write("one", 1);
    read("one a");

    assertThat(read()).isEmpty();
    assertThat(read("one a")).hasSize(1);
    assertThat(loaded).containsExactly("one", "one");
  }

  @Test
  void aRowThatWasWrittenWhileItWasReadIsLoadedOnceMore() {
    write("one", 11);
    read("one a");

    assertThat(read("one b")).extracting(RecordedJob::jobId).containsExactly(11L);
    assertThat(loaded).containsExactly("one", "one");
  }

  @Test
  void rowsThatCouldNotBeLoadedAreNotTakenForKnown() {
    assertThatThrownBy(
            () ->
                known.read(
                    "one a",
                    ids -> {
                      throw new IllegalStateException("the database is away");
                    }))
        .isInstanceOf(IllegalStateException.class);
    write("one", 1);

    assertThat(read("one a")).extracting(RecordedJob::jobId).containsExactly(1L);
  }

  private List<RecordedJob> read(String... versions) {
    return known.read(
        String.join("\n", versions),
        ids -> {
          loaded.addAll(ids);
          return ids.stream().map(table::get).toList();
        });
  }

  private void write(String run, long jobId) {
    RunEntity row = new RunEntity();
    row.runId = run;
    row.jobId = jobId;
    table.put(run, row);
  }
}
