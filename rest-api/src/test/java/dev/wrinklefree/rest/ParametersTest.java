package dev.wrinklefree.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private final Parameters parameters = new Parameters();

  @Test
  void shouldHaveDefaults() {
    assertThat(parameters.limit(null)).isEqualTo(100);
    assertThat(parameters.runId(null)).isEmpty();
    parameters.check();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1000,1000", "0007,7"})
  void shouldReadALimit(String text, int limit) {
    assertThat(Parameters.onlyLimit(text)).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "1001", "-1", "+1", "ten", "99999999999", "1.5", " 1", "1e3", "٣"})
  void shouldRefuseALimitThatIsNoNumberFrom1To1000(String text) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> Parameters.onlyLimit(text))
        .satisfies(
            problem ->
                assertThat(problem.getParameters())
                    .containsEntry(
                        "violations",
                        List.of(
                            new Violation(
                                "limit",
                                "not-in-range",
                                "must be a whole number from 1 to 1000"))));
  }

  @Test
  void shouldReadARunId() {
    assertThat(parameters.runId("my-run")).contains(new RunId("my-run"));
    assertThat(Parameters.pathRunId("my-run")).contains(new RunId("my-run"));
    assertThat(Parameters.pathRunId("My Run")).isEmpty();
    parameters.check();
  }

  @Test
  void shouldNameAllThatIsWrongInTheOrderOfReading() {
    parameters.runId("My Run");
    parameters.limit("0");
    parameters.refuse("state", "unknown-state", "must be one of RUNNING");

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(parameters::check)
        .satisfies(
            problem -> {
              assertThat(problem.getStatusCode()).isEqualTo(400);
              assertThat(problem.getParameters().get("violations"))
                  .asInstanceOf(
                      org.assertj.core.api.InstanceOfAssertFactories.list(Violation.class))
                  .extracting(Violation::field)
                  .containsExactly("runId", "limit", "state");
            });
  }
}
