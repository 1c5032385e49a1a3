package dev.wrinklefree.checkpoint.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {

  @Test
  void hasDefaults() {
    ListQuery query = ListQuery.parse(null, null);

    assertThat(query.runId()).isEmpty();
    assertThat(query.limit()).isEqualTo(100);
  }

  @Test
  void readsBoth() {
    ListQuery query = ListQuery.parse("my-run", "1000");

    assertThat(query.runId()).contains(new RunId("my-run"));
    assertThat(query.limit()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1001", "-1", "ten", "99999999999", "1.5", " 1"})
  void refusesALimitOutOfRange(String limit) {
    assertThatExceptionOfType(BadQueryException.class)
        .isThrownBy(() -> ListQuery.parse(null, limit))
        .satisfies(
            e -> assertThat(e.violations()).extracting(Violation::field).containsExactly("limit"));
  }

  @Test
  void namesAllThatIsWrong() {
    assertThatExceptionOfType(BadQueryException.class)
        .isThrownBy(() -> ListQuery.parse("My Run", "0"))
        .satisfies(
            e ->
                assertThat(e.violations())
                    .extracting(Violation::field)
                    .containsExactly("runId", "limit"));
  }
}
