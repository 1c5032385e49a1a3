package dev.wrinklefree.checkpoint.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CheckpointLayout.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Any layout against any name. */
class LayoutNamesPropertyTest {

  private static final String PREFIX = "runs/my-run/";
  private static final String SEED = "20261123";
  private static final long LARGEST = 999_999_999_999_999_999L;

  @Property(seed = SEED)
  void aRenderedNameIsReadBackAsItsStep(
      @ForAll("patterns") Pattern pattern,
      @ForAll @LongRange(min = 0, max = LARGEST) long step,
      @ForAll("zeros") String zeros,
      @ForAll("directories") String above) {
    CheckpointNames names = CheckpointNames.of(new CheckpointLayout(List.of(pattern)));
    String path = PREFIX + above + pattern.path().replace("{step}", zeros + step);

    for (String object :
        pattern.directory()
            ? pattern.members().stream().map(path::concat).toList()
            : List.of(path)) {
      CheckpointSlot slot = names.slotOf(PREFIX, object).orElseThrow();
      assertThat(slot.name()).isEqualTo(path);
      assertThat(slot.step()).isEqualTo(pattern.path().contains("{step}") ? step : null);
      assertThat(slot.memberNames()).contains(object);
    }
  }

  @Property(seed = SEED)
  void whatIsReadRendersToTheSameName(
      @ForAll("layouts") CheckpointLayout layout, @ForAll("names") String name) {
    Optional<CheckpointSlot> slot = CheckpointNames.of(layout).slotOf(PREFIX, PREFIX + name);

    slot.ifPresent(
        read -> {
          assertThat(read.memberNames()).contains(PREFIX + name);
          assertThat(read.name()).startsWith(PREFIX);
          assertThat(layout.patterns())
              .anyMatch(
                  pattern ->
                      read.name()
                          .matches(
                              ".*/"
                                  + quoted(pattern.path())
                                      .replace("{step}", "\\E0*" + step(read) + "\\Q")
                                  + "$"));
        });
  }

  @Property(seed = SEED)
  void noNameOfAnyKindMakesItFail(
      @ForAll("layouts") CheckpointLayout layout, @ForAll String anything) {
    CheckpointNames names = CheckpointNames.of(layout);

    names.slotOf(PREFIX, anything);
    names.slotOf(PREFIX, PREFIX + anything);
  }

  @Test
  void theLongestNamesOfAWholeRunAreReadInAMoment() {
    CheckpointNames names =
        CheckpointNames.of(
            new CheckpointLayout(
                java.util.Collections.nCopies(
                    32,
                    new Pattern("1".repeat(500) + "{step}" + "1".repeat(400), List.of(), false))));
    String name = PREFIX + "1".repeat(1000);

    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 10_000; i++) {
            names.slotOf(PREFIX, name + "x");
          }
        });
  }

  @Provide
  Arbitrary<Pattern> patterns() {
    Arbitrary<String> text =
        Arbitraries.of("checkpoint-", "step_", "v1_0", "7", "", "a/b_", "x/", "outputs/c");
    Arbitrary<String> end = Arbitraries.of(".pt", "", "0.pt", "/checkpoint.pt", "_1/last.ckpt");
    Arbitrary<Pattern> single =
        Combinators.combine(text, end, Arbitraries.of(true, false))
            .as((before, after, last) -> new Pattern(before + "{step}" + after, List.of(), last));
    Arbitrary<Pattern> directory =
        Combinators.combine(
                text,
                Arbitraries.of("", "-end", "/sub"),
                Arbitraries.of("model.pt", "state.pt", "config.json", "w/model.pt")
                    .list()
                    .uniqueElements()
                    .ofMinSize(1),
                Arbitraries.of(true, false))
            .as(
                (before, after, members, last) ->
                    new Pattern(before + "{step}" + after + "/", members, last));
    Arbitrary<Pattern> fixed =
        Arbitraries.of("final.pt", "best/final.pt", "last_1.pt")
            .map(path -> new Pattern(path, List.of(), true));
    return Arbitraries.oneOf(single, directory, fixed);
  }

  @Provide
  Arbitrary<CheckpointLayout> layouts() {
    return patterns().list().ofMaxSize(6).map(CheckpointLayout::new);
  }

  @Provide
  Arbitrary<String> zeros() {
    return Arbitraries.of("", "0", "000", "0000000000000000000000000");
  }

  @Provide
  Arbitrary<String> directories() {
    return Arbitraries.of("", "outputs/", "a/b/", "7/");
  }

  /** Made of what layouts are made of, so that many fit. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
            "checkpoint-",
            "step_",
            "7",
            "0",
            "12",
            "a",
            "b_",
            "x",
            "/",
            ".pt",
            "-end",
            "model.pt",
            "state.pt",
            "final.pt",
            "_1",
            "last.ckpt",
            "99999999999999999999")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static String quoted(String text) {
    return "\\Q" + text + "\\E";
  }

  private static String step(CheckpointSlot slot) {
    return slot.step() == null ? "" : String.valueOf(slot.step());
  }
}
