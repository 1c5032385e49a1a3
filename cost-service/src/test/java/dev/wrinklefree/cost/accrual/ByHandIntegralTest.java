package dev.wrinklefree.cost.accrual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.ledger.RunAccount;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.PriceBook;
import dev.wrinklefree.cost.pricing.PriceBookParser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running cost against an integral by hand on 1,000 random histories. By hand means: the
 * machines are drawn first, and a loop adds up what each whole second of them costs, in whole
 * numbers, with nothing of the service's code. The service only hears of them: in any order, with
 * repetitions, with states that say nothing new.
 */
class ByHandIntegralTest {

  private static final Logger LOGGER = LoggerFactory.getLogger(ByHandIntegralTest.class);

  private static final int HISTORIES = 1_000;
  private static final long SEED = 20261123;
  private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
  private static final long SECONDS_PER_HOUR = 3600;

  private static final BillingRules RULES =
      BillingRules.parse(
          "test", List.of("cloud,minimum_seconds,source", "gcp,60,test", "aws,60,test"));

  /** Machines of one kind. Micro-dollars are whole numbers, so that nothing is rounded by hand. */
  private record Kind(
      String cloud, String region, String type, int gpus, boolean spot, long microsPerHour) {

    String row() {
      return "%s,%s,%s,H100,%d,%s,%s,USD,test,2026-11-09"
          .formatted(
              cloud,
              region,
              type,
              gpus,
              spot,
              BigDecimal.valueOf(microsPerHour, 6).toPlainString());
    }

    long leastSeconds() {
      return cloud.equals("nebius") ? 0 : 60;
    }
  }

  private record Machines(Instant from, @Nullable Instant to, Kind kind, int nodes) {

    Placement placement() {
      return new Placement(
          kind.cloud(),
          kind.region(),
          null,
          kind.type(),
          new Accelerators("H100", kind.gpus()),
          kind.spot(),
          nodes);
    }
  }

  @Test
  void theRunningCostIsTheIntegralByHandToTheCentOnAThousandHistories() {
    Random random = new Random(SEED);
    BigDecimal worst = BigDecimal.ZERO;
    BigDecimal all = BigDecimal.ZERO;
    long intervals = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<Kind> kinds = kinds(random);
      List<Machines> machines = machines(random, kinds);
      Instant asOf = end(machines).plus(random.nextInt(10_000_000), ChronoUnit.MILLIS);

      BigDecimal told = told(random, kinds, machines, asOf);
      BigDecimal byHand = byHand(machines, asOf);

      assertThat(cents(told)).as("history %d of seed %d", i, SEED).isEqualTo(cents(byHand));
      worst = worst.max(told.subtract(byHand).abs());
      all = all.add(byHand);
      intervals += machines.size();
    }
    LOGGER.info(
        "{} histories, {} intervals, {} USD: largest difference {} USD",
        HISTORIES,
        intervals,
        cents(all),
        worst.setScale(9, RoundingMode.UP).toPlainString());
    // Each interval is rounded to a millionth: half of one, for eight intervals at most.
    assertThat(worst).isLessThanOrEqualTo(new BigDecimal("0.000004"));
    assertThat(intervals).isGreaterThan(3 * HISTORIES);
  }

  /** What every whole second costs, one after the other. */
  private static BigDecimal byHand(List<Machines> machines, Instant asOf) {
    long sum = 0;
    for (Machines here : machines) {
      Instant to = here.to() == null ? asOf : here.to();
      long seconds = 0;
      for (Instant at = here.from(); !at.plusSeconds(1).isAfter(to); at = at.plusSeconds(1)) {
        sum += here.kind().microsPerHour() * here.nodes();
        seconds++;
      }
      for (; seconds < here.kind().leastSeconds(); seconds++) {
        sum += here.kind().microsPerHour() * here.nodes();
      }
    }
    return BigDecimal.valueOf(sum, 6)
        .divide(BigDecimal.valueOf(SECONDS_PER_HOUR), 12, RoundingMode.HALF_UP);
  }

  private static BigDecimal told(
      Random random, List<Kind> kinds, List<Machines> machines, Instant asOf) {
    PricePinning pinning = new PricePinning(book(kinds), RULES);
    List<Observation> said = said(random, machines);
    List<Observation> delivered = new ArrayList<>(said);
    said.stream().filter(observation -> random.nextInt(4) == 0).forEach(delivered::add);
    Collections.shuffle(delivered, random);
    RunAccount account = RunAccount.empty(new RunId("my-run"));
    for (Observation observation : delivered) {
      account = account.heard(observation, pinning, Saves.NONE);
    }
    Money spent = Objects.requireNonNull(account.cost().asOf(asOf).spent());
    return spent.amount();
  }

  private static List<Observation> said(Random random, List<Machines> machines) {
    List<Observation> said = new ArrayList<>();
    say(said, T0, JobState.PENDING, 1, null);
    for (int i = 0; i < machines.size(); i++) {
      Machines here = machines.get(i);
      boolean last = i == machines.size() - 1;
      int attempt = i + 1;
      say(said, here.from(), JobState.RUNNING, attempt, here.placement());
      Instant within = here.from().plusMillis(1);
      if (random.nextBoolean()) {
        say(said, within, JobState.UNKNOWN, attempt, null);
      }
      if (random.nextBoolean()) {
        say(said, within, JobState.RUNNING, attempt, here.placement());
      }
      if (here.to() != null && !(random.nextBoolean() && !last && follows(machines, i))) {
        say(said, here.to(), last ? JobState.SUCCEEDED : JobState.RECOVERING, attempt, null);
      }
    }
    return said;
  }

  /** Whether the next machines come when these go: then nobody may have seen the gap. */
  private static boolean follows(List<Machines> machines, int i) {
    return machines.get(i + 1).from().equals(machines.get(i).to());
  }

  private static void say(
      List<Observation> said,
      Instant at,
      JobState state,
      int attempt,
      @Nullable Placement placement) {
    long sequence = said.size() + 1L;
    said.add(new Observation("my-run:" + sequence, sequence, at, state, attempt, placement, null));
  }

  private static List<Machines> machines(Random random, List<Kind> kinds) {
    int count = 1 + random.nextInt(8);
    boolean open = random.nextBoolean();
    List<Machines> machines = new ArrayList<>();
    Instant at = T0;
    for (int i = 0; i < count; i++) {
      boolean noGap = random.nextInt(4) == 0;
      Instant from = noGap ? at : at.plus(1 + random.nextInt(3_600_000_0), ChronoUnit.MICROS);
      long millis = random.nextInt(5) == 0 ? random.nextInt(90_000) : random.nextInt(20_000_000);
      at = from.plus(2 + millis, ChronoUnit.MILLIS);
      machines.add(
          new Machines(
              from,
              open && i == count - 1 ? null : at,
              kinds.get(random.nextInt(kinds.size())),
              1 + random.nextInt(8)));
    }
    return machines;
  }

  private static Instant end(List<Machines> machines) {
    Machines last = machines.getLast();
    return last.to() == null ? last.from().plusMillis(2) : last.to();
  }

  private static List<Kind> kinds(Random random) {
    List<Kind> kinds = new ArrayList<>();
    for (String cloud : List.of("nebius", "gcp", "aws")) {
      for (boolean spot : List.of(true, false)) {
        kinds.add(
            new Kind(
                cloud,
                "region-" + random.nextInt(3),
                "type-" + kinds.size(),
                1 + random.nextInt(8),
                spot,
                1 + random.nextInt(100_000_000)));
      }
    }
    return kinds;
  }

  private static PriceBook book(List<Kind> kinds) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", PriceBookParser.HEADER));
    kinds.stream().map(Kind::row).forEach(lines::add);
    return PriceBookParser.parse("test", lines);
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }
}
