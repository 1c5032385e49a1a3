package dev.wrinklefree.chaos.strike;

import dev.wrinklefree.chaos.load.Request;
import dev.wrinklefree.chaos.load.RequestSender;
import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.plan.Act;
import dev.wrinklefree.chaos.plan.Plan;
import dev.wrinklefree.chaos.plan.Round;
import dev.wrinklefree.chaos.platform.World;
import dev.wrinklefree.chaos.wire.Link;
import dev.wrinklefree.chaos.wire.TcpProxy;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Carries a plan out: each act and each request at its time. */
public final class Director implements Strikes.Executioner {

  private static final Duration SLOW = Duration.ofMillis(150);
  private static final String AT_RANDOM = "at random";

  /** Parts that may still be coming up when another is killed at random. */
  private static final int MOST_DOWN = 2;

  private final World world;
  private final Strikes strikes;
  private final Recoveries recoveries;
  private final RequestSender sender;
  private final Progress progress;
  private final TakeOvers takeOvers;

  /** A director of that platform. */
  public Director(
      World world,
      Strikes strikes,
      Recoveries recoveries,
      RequestSender sender,
      Progress progress) {
    this.world = world;
    this.strikes = strikes;
    this.recoveries = recoveries;
    this.sender = sender;
    this.progress = progress;
    this.takeOvers = new TakeOvers(world, strikes, recoveries, progress);
  }

  /** Runs all rounds; afterwards nothing is armed, and every link is fine. */
  public void run(Plan plan) throws IOException, StartException, InterruptedException {
    strikes.executedBy(this);
    for (Round round : plan.rounds()) {
      int before = recoveries.kills();
      run(round);
      progress.say(
          "Round %d of %d: %d kills, %d requests sent so far",
          round.number(), plan.rounds().size(), recoveries.kills() - before, sender.count());
    }
    runTail(plan);
    strikes.disarm();
    world.clearWeather();
  }

  /** What is armed late in the last round has its chance too. */
  private void runTail(Plan plan) throws InterruptedException {
    progress.say("%d armed steps wait for their message", strikes.waiting());
    world.awaitFewDown(0);
    long beginning = System.nanoTime();
    for (Request request : plan.tail()) {
      if (strikes.waiting() == 0) {
        return;
      }
      pause(request.at(), beginning);
      // One step after the other: most of them wait in one service, which has to be up to be hit.
      long before = System.nanoTime();
      world.awaitFewDown(0);
      beginning += System.nanoTime() - before;
      sender.send(request);
    }
  }

  private record Due(Duration at, boolean isKill, Runnable deed) {}

  private void run(Round round) throws IOException, StartException, InterruptedException {
    List<Due> due = new ArrayList<>();
    List<Act.TakeOver> exclusive = new ArrayList<>();
    for (Act act : round.acts()) {
      switch (act) {
        case Act.Kill kill ->
            due.add(new Due(act.at(), true, () -> apart(() -> kill(kill.part(), AT_RANDOM))));
        case Act.Arm arm ->
            due.add(new Due(act.at(), false, () -> strikes.arm(arm.step(), arm.service())));
        case Act.Disturb disturb ->
            due.add(new Due(act.at(), false, () -> apart(() -> disturb(disturb))));
        case Act.TakeOver takeOver -> exclusive.add(takeOver);
      }
    }
    for (Request request : round.requests()) {
      due.add(new Due(request.at(), false, () -> sender.send(request)));
    }
    due.sort(Comparator.comparing(Due::at));
    long beginning = System.nanoTime();
    for (Due one : due) {
      pause(one.at(), beginning);
      if (one.isKill()) {
        // On a slow machine the round stretches, instead of killing only what never came up.
        long before = System.nanoTime();
        world.awaitFewDown(MOST_DOWN);
        beginning += System.nanoTime() - before;
      }
      one.deed().run();
    }
    pause(Plan.ROUND, beginning);
    if (!exclusive.isEmpty()) {
      takeOvers.run(exclusive.stream().map(Act.TakeOver::service).toList());
    }
  }

  @Override
  public void kill(Part part, String cause) {
    progress.say("  kill %s (%s)", part.title(), cause);
    world.supervisor(part).kill(cause);
  }

  @Override
  public void silenceDatabase(Part service) {
    database(service).silence();
  }

  @Override
  public void releaseDatabase(Part service) {
    database(service).reset();
    database(service).resume();
  }

  private TcpProxy database(Part service) {
    return world.proxy(new Link(service, Part.POSTGRES));
  }

  private void disturb(Act.Disturb disturb) {
    progress.say("  %s", disturb.text());
    TcpProxy proxy = world.proxy(disturb.link());
    switch (disturb.trouble()) {
      case SLOW -> {
        proxy.slow(SLOW);
        sleep(disturb.length());
        proxy.slow(Duration.ZERO);
      }
      case SILENT -> {
        proxy.silence();
        sleep(disturb.length());
        proxy.resume();
      }
      case RESET -> proxy.reset();
      case DOWN -> {
        proxy.refuse(true);
        proxy.reset();
        sleep(disturb.length());
        proxy.refuse(false);
      }
    }
  }

  /** What blocks does not hold up what is due next. */
  private static void apart(Runnable deed) {
    Thread.ofPlatform().daemon().start(deed);
  }

  private static void pause(Duration until, long beginningNanos) throws InterruptedException {
    long left = until.toNanos() - (System.nanoTime() - beginningNanos);
    if (left > 0) {
      // The plan's own time is what is waited for.
      Thread.sleep(Duration.ofNanos(left));
    }
  }

  private static void sleep(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
