package dev.wrinklefree.cost.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.estimate.OwnRuns.OwnRun;
import dev.wrinklefree.cost.pricing.PriceBookParser;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.cost.run.RunFacts;
import dev.wrinklefree.testkit.Fixtures;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoterTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Accelerators H100 = new Accelerators("H100", 1);
  private static final String UNNAMED = "gs://bucket/fairy2/m/other/";

  private static final Prices PRICES =
      PriceBookParser.parse(
          "test",
          List.of(
              String.join(",", PriceBookParser.HEADER),
              "nebius,any,h100-small,H100,1,false,3.85,USD,nebius.com,2026-11-20",
              "gcp,us-east4,a3-highgpu-1g,H100,1,false,10.979,USD,catalog,",
              "gcp,us-central1,a3-highgpu-1g,H100,1,false,10.50,USD,catalog,2026-11-20",
              "gcp,us-central1,a3-highgpu-1g,H100,1,true,6.571,USD,catalog,2026-11-20"));

  private static final Profiles PROFILES =
      new Profiles(
          List.of("smollm2_135m"),
          Map.of("small", H100, "large", new Accelerators("H100", 4)),
          Map.of("smollm2_135m", Map.of("small", new KnownTime(BigDecimal.TWO, "guide", 10_000L))),
          List.of("nebius", "gcp"),
          "fairy2_train",
          Map.of("fairy2_train", 10_000L));

  /** Ten steps a second, and twice as long in one of five. */
  private static final List<OwnRun> FIVE =
      List.of(
          new OwnRun(1000, 10_000L),
          new OwnRun(500, 5_000L),
          new OwnRun(2000, 10_000L),
          new OwnRun(1000, 10_000L),
          new OwnRun(990, 10_000L));

  private final Quoter quoter = new Quoter(PRICES, PROFILES, new Durations(PROFILES, OwnRuns.NONE));

  @Test
  void shouldQuoteTheFirstExampleOfTheGuide() {
    assertThat(quote(new Launch()))
        .contains(
            new Quote(
                Money.usd("7.70"),
                Money.usd("3.85"),
                BigDecimal.TWO,
                "guide",
                "nebius",
                null,
                "h100-small",
                false,
                "nebius.com",
                LocalDate.parse("2026-11-20"),
                false));
  }

  @Test
  void shouldTakeTheFirstCandidateThatHasAPriceWhereItIsCheapest() {
    Launch launch = new Launch();
    launch.clouds = List.of(new CloudCandidate("lambda", null), new CloudCandidate("gcp", null));
    assertThat(quote(launch).orElseThrow().region()).isEqualTo("us-central1");

    launch.clouds = List.of(new CloudCandidate("gcp", "us-east4"));
    Quote east = quote(launch).orElseThrow();
    assertThat(east.perHour()).isEqualTo(Money.usd("10.979"));
    assertThat(east.priceDate()).isNull();
    assertThat(east.stale()).isTrue();
  }

  @Test
  void shouldQuoteSpotForSpotOnly() {
    Launch launch = new Launch();
    launch.spot = true;

    assertThat(quote(launch).orElseThrow().total()).isEqualTo(Money.usd("13.142"));
    launch.clouds = List.of(new CloudCandidate("nebius", null));
    assertThat(quote(launch)).isEmpty();
  }

  @Test
  void shouldScaleTheTimeToThePlannedSteps() {
    Launch launch = new Launch();
    launch.overrides =
        List.of("training.max_steps=1", "training.batch_size=4", "+training.max_steps=5000");

    Quote quote = quote(launch).orElseThrow();
    assertThat(quote.hours()).isEqualByComparingTo("1");
    assertThat(quote.total()).isEqualTo(Money.usd("3.85"));
    assertThat(quote.hoursSource()).isEqualTo("guide, for 5000 steps of 10000");
    assertThat(facts(launch).plannedSteps()).isEqualTo(5000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "0", "-5", "1e4", "", "99999999999999"})
  void shouldQuoteNothingForAPlanThatIsNoNumber(String steps) {
    Launch launch = new Launch();
    launch.overrides = List.of("training.max_steps=" + steps);

    assertThat(quote(launch)).isEmpty();
    assertThat(facts(launch).plannedSteps()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "checkpoint-2500/, 1.5",
    "checkpoint_step_7500.pt, 0.5",
    "checkpoint-0005000.pt, 1",
  })
  void shouldQuoteOnlyWhatAResumedRunStillHasToDo(String checkpoint, BigDecimal hours) {
    Launch launch = new Launch();
    launch.resumedFrom = UNNAMED + checkpoint;

    assertThat(quote(launch).orElseThrow().hours()).isEqualByComparingTo(hours);
    assertThat(facts(launch).resumed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint-final/", "final_checkpoint.pt", "checkpoint-10000/"})
  void shouldQuoteNothingWhereNobodyKnowsWhatIsStillToDo(String checkpoint) {
    Launch launch = new Launch();
    launch.resumedFrom = UNNAMED + checkpoint;

    assertThat(quote(launch)).isEmpty();
  }

  @Test
  void shouldQuoteNothingWithoutAKnownTimeOrMachine() {
    Launch other = new Launch();
    other.template = "smoke";
    assertThat(quote(other)).isEmpty();
    Launch task = new Launch();
    task.model = null;
    task.scale = null;
    task.accelerators = null;
    assertThat(quote(task)).isEmpty();
    assertThat(facts(task).plannedSteps()).isEqualTo(10_000);
    Launch large = new Launch();
    large.scale = "large";
    assertThat(quote(large)).isEmpty();
    Launch cpu = new Launch();
    cpu.accelerators = null;
    assertThat(quote(cpu)).isEmpty();
  }

  @Test
  void shouldLearnFromFiveRunsOfOurOwn() {
    Durations four = new Durations(PROFILES, (template, model, scale) -> FIVE.subList(0, 4));
    Durations five = new Durations(PROFILES, (template, model, scale) -> FIVE);

    assertThat(four.usual("fairy2_train", "smollm2_135m", "small").orElseThrow().source())
        .isEqualTo("guide");
    KnownTime learned = five.usual("fairy2_train", "smollm2_135m", "large").orElseThrow();
    assertThat(learned.source()).isEqualTo("median of our last 5 runs");
    // 0.1 s per step, 10,000 steps.
    assertThat(learned.hours()).isEqualByComparingTo("0.2778");
    assertThat(five.ofSteps("fairy2_train", "smollm2_135m", "large", 0, 1000).orElseThrow().hours())
        .isEqualByComparingTo("0.0278");
  }

  private Optional<Quote> quote(Launch launch) {
    return quoter.quote(launch.accepted(), NOW);
  }

  private RunFacts facts(Launch launch) {
    return quoter.facts(launch.accepted());
  }

  private static final class Launch {
    private String template = "fairy2_train";
    private @Nullable String model = "smollm2_135m";
    private @Nullable String scale = "small";
    private @Nullable Accelerators accelerators = H100;
    private List<CloudCandidate> clouds =
        List.of(new CloudCandidate("nebius", null), new CloudCandidate("gcp", null));
    private boolean spot;
    private List<String> overrides = List.of();
    private @Nullable String resumedFrom;

    LaunchAccepted accepted() {
      LaunchAccepted sample = Fixtures.launchAccepted(new RunId("my-run"));
      return new LaunchAccepted(
          sample.runId(),
          sample.name(),
          template,
          model,
          sample.mode(),
          scale,
          accelerators,
          clouds,
          spot,
          overrides,
          sample.bucket(),
          sample.checkpointPrefix(),
          Objects.requireNonNull(sample.wandb()),
          null,
          Map.of(),
          null,
          sample.requestedAt(),
          Map.of(),
          resumedFrom,
          sample.checkpoints(),
          sample.metrics(),
          null);
    }
  }
}
