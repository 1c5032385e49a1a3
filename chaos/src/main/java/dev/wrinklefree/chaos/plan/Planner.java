package dev.wrinklefree.chaos.plan;

import dev.wrinklefree.chaos.load.RequestPlanner;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.wire.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes a plan from a seed. The same seed and number of rounds give the same plan. */
public final class Planner {

  private static final int ARMED_PER_ROUND = 8;
  private static final int RANDOM_KILLS_PER_ROUND = 3;
  private static final int TROUBLES_PER_ROUND = 3;

  /** A take-over needs a second replica's start, and the time until the dead watcher is missed. */
  private static final int ROUNDS_PER_TAKE_OVER = 2;

  /** Nothing is begun in the last part of a round, so that what is armed is met in it. */
  private static final Duration LAST_ACT = Plan.ROUND.minusSeconds(4);

  private static final long SHORTEST_TROUBLE_MILLIS = 500;
  private static final long LONGEST_TROUBLE_MILLIS = 3_000;

  private final RandomGenerator random;
  private final Deck<Step> steps;
  private final Deck<Part> victims;
  private final Deck<Link> links;
  private final Deck<Trouble> troubles;
  private final RequestPlanner requests;

  private Planner(long seed) {
    // Two generators, so that more faults in a round do not change what is requested in it.
    SplittableRandom source = new SplittableRandom(seed);
    this.random = source.split();
    this.requests = new RequestPlanner(seed, Plan.ROUND, source.split());
    this.steps = new Deck<>(List.of(Step.values()), random);
    this.victims = new Deck<>(Part.KILLED, random);
    this.links = new Deck<>(links(), random);
    this.troubles = new Deck<>(List.of(Trouble.values()), random);
  }

  /** The plan of a seed. */
  public static Plan plan(long seed, int rounds) {
    Planner planner = new Planner(seed);
    List<Round> planned = new ArrayList<>();
    for (int number = 1; number <= rounds; number++) {
      planned.add(planner.round(number));
    }
    return new Plan(seed, planned, planner.requests.round(rounds + 1));
  }

  /** The links that can be spoilt: from each service to each of its servers. */
  static List<Link> links() {
    return Part.SERVICES.stream()
        .flatMap(service -> service.servers().stream().map(server -> new Link(service, server)))
        .toList();
  }

  private Round round(int number) {
    List<Act> acts = new ArrayList<>();
    for (int i = 0; i < ARMED_PER_ROUND; i++) {
      Step step = steps.draw();
      acts.add(new Act.Arm(time(i, ARMED_PER_ROUND), step, one(step.services())));
    }
    for (int i = 0; i < RANDOM_KILLS_PER_ROUND; i++) {
      acts.add(new Act.Kill(time(i, RANDOM_KILLS_PER_ROUND), victims.draw()));
    }
    for (int i = 0; i < TROUBLES_PER_ROUND; i++) {
      Duration length =
          Duration.ofMillis(random.nextLong(SHORTEST_TROUBLE_MILLIS, LONGEST_TROUBLE_MILLIS));
      acts.add(new Act.Disturb(time(i, TROUBLES_PER_ROUND), links.draw(), troubles.draw(), length));
    }
    if (number % ROUNDS_PER_TAKE_OVER == 0) {
      acts.add(new Act.TakeOver(Plan.ROUND, Part.MONITOR));
      acts.add(new Act.TakeOver(Plan.ROUND, Part.CHECKPOINT));
    }
    acts.sort(Comparator.comparing(Act::at));
    return new Round(number, acts, requests.round(number));
  }

  /** Somewhere in the i-th of n equal parts of the round: by chance, and never all at once. */
  private Duration time(int i, int n) {
    long part = LAST_ACT.toMillis() / n;
    return Duration.ofMillis(i * part + random.nextLong(part));
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
