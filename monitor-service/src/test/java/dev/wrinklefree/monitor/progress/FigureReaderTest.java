package dev.wrinklefree.monitor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.monitor.wandb.LoggedValue;
import dev.wrinklefree.monitor.wandb.LoggedValue.Finite;
import dev.wrinklefree.monitor.wandb.LoggedValue.NotFinite;
import dev.wrinklefree.monitor.wandb.Summary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureReaderTest {

  @Test
  void readsTheFirstNameThatIsThere() {
    Figures figures = read(Map.of("_step", new Finite(700.0), "train/loss", new Finite(2.5)));
    assertThat(figures.step()).isEqualTo(700);
    assertThat(figures.loss()).isEqualTo(2.5);
    assertThat(figures.tokens()).isNull();

    assertThat(read(Map.of("_step", new Finite(7), "progress/step", new Finite(650))).step())
        .isEqualTo(650);
  }

  @Test
  void namesWhatIsNoNumberAndLeavesItOut() {
    Figures figures =
        read(Map.of("train/loss", new NotFinite(), "train/grad_norm", new NotFinite()));
    assertThat(figures.loss()).isNull();
    assertThat(figures.nonFinite()).containsExactly("loss", "gradientNorm");
    assertThat(figures.lossIsNotFinite()).isTrue();
    assertThat(read(Map.of("train/perplexity", new NotFinite())).lossIsNotFinite()).isFalse();
  }

  @Test
  void countsAreWholeAndNeverBelowZero() {
    assertThat(read(Map.of("_step", new Finite(-1))).step()).isNull();
    assertThat(read(Map.of("_step", new Finite(1e300))).step()).isNull();
    assertThat(read(Map.of("progress/tokens", new Finite(1.6e12))).tokens())
        .isEqualTo(1_600_000_000_000L);
  }

  @Test
  void percentStaysInItsRange() {
    assertThat(read(Map.of("progress/percent_complete", new Finite(100.4))).percentComplete())
        .isEqualTo(100);
  }

  @Test
  void figureWithoutNamesIsAbsent() {
    MetricKeys none =
        new MetricKeys(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    assertThat(FigureReader.read(new Summary(Map.of("_step", new Finite(3)), null), none))
        .isEqualTo(Figures.NONE);
  }

  private static Figures read(Map<String, LoggedValue> values) {
    return FigureReader.read(new Summary(values, null), MetricKeys.FAIRY2);
  }
}
