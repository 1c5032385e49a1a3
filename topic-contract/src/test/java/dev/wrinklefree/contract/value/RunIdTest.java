package dev.wrinklefree.contract.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "run-1", "smollm2-135m-w2-k3f9x2mq"})
  void acceptsLowerCaseLettersDigitsAndHyphens(String value) {
    assertThat(new RunId(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1run", "-run", "run-", "Run", "run_1", "run/1", "run\n", "../run", "rün"})
  void refusesEverythingElse(String value) {
    assertThatThrownBy(() -> new RunId(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesMoreThan63Characters() {
    assertThat(RunId.isLegal("a".repeat(63))).isTrue();
    assertThat(RunId.isLegal("a".repeat(64))).isFalse();
  }

  @Property(seed = "20261123")
  void derivedIdIsLegalAndTheSameForTheSameEvent(@ForAll String source, @ForAll String id) {
    assertThat(RunId.derivedFrom(source, id)).isEqualTo(RunId.derivedFrom(source, id));
    assertThat(RunId.isLegal(RunId.derivedFrom(source, id).value())).isTrue();
  }

  @Test
  void derivedIdTellsSourceFromId() {
    assertThat(RunId.derivedFrom("/a", "b")).isNotEqualTo(RunId.derivedFrom("/a", "c"));
    assertThat(RunId.derivedFrom("/a", "b")).isNotEqualTo(RunId.derivedFrom("/b", "b"));
  }
}
