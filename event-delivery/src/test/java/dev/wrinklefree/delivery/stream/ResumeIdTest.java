package dev.wrinklefree.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.value.RunId;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeIdTest {

  @Property(tries = 200, seed = "20261123")
  void isReadAsItWasWritten(
      @ForAll @Size(min = 1, max = 20)
          Map<@IntRange(max = 999) Integer, @LongRange(max = 99_999_999_999L) Long> next,
      @ForAll boolean ofOneRun) {
    ResumeId id =
        new ResumeId("job-state", ofOneRun ? new RunId("my-run-1") : null, new TreeMap<>(next));

    assertThat(ResumeId.parse(id.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "job-state",
        "job-state@",
        "job-state@0",
        "job-state@0:",
        "job-state@0:-1",
        "job-state@0:1,",
        "job-state@0:1,0:2",
        "job-state/@0:1",
        "job-state/No Run@0:1",
        "JOB@0:1",
        "job-state@0:9999999999999999999"
      })
  void refusesWhatNoStreamGave(String text) {
    assertThatThrownBy(() -> ResumeId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
