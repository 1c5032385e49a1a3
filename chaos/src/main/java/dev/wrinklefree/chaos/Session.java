package dev.wrinklefree.chaos;

import dev.wrinklefree.chaos.load.RequestSender;
import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.measure.StepCounts;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.plan.Plan;
import dev.wrinklefree.chaos.platform.World;
import dev.wrinklefree.chaos.strike.Director;
import dev.wrinklefree.chaos.strike.Strikes;
import dev.wrinklefree.chaos.verdict.Figures;
import dev.wrinklefree.chaos.verdict.Judge;
import dev.wrinklefree.chaos.verdict.Judgement;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One run of the harness from the platform's start to the judgement. */
final class Session {

  private final Checkout checkout;
  private final Path state;
  private final Progress progress;

  Session(Checkout checkout, Path state, Progress progress) {
    this.checkout = checkout;
    this.state = state;
    this.progress = progress;
  }

  /** Carries out the plan and judges what came of it. */
  Figures run(Plan plan) throws IOException, StartException, SQLException, InterruptedException {
    InstantSource clock = InstantSource.system();
    StepCounts counts = new StepCounts();
    Recoveries recoveries = new Recoveries();
    Strikes strikes = new Strikes(counts, recoveries);
    try (World world = new World(checkout, state, strikes, recoveries, progress)) {
      HarnessLog.to(world.logs().resolve("chaos.log"));
      Runtime.getRuntime().addShutdownHook(new Thread(world::close));
      world.start();
      try (RequestSender sender = new RequestSender(world.kafkaAddress(), clock)) {
        new Director(world, strikes, recoveries, sender, progress).run(plan);
        progress.say("All rounds are done; waiting until all is at rest …");
        List<RequestSender.Acknowledged> requests = sender.awaitAll();
        world.awaitAllReady(Part.SERVICES);
        Judgement judgement = new Judge(world, clock, progress).judge(requests);
        progress.say("Judged");
        return new Figures(plan, sender.count(), counts, recoveries, ownDeaths(world), judgement);
      }
    }
  }

  private static Map<Part, Integer> ownDeaths(World world) {
    Map<Part, Integer> deaths = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      if (part != Part.STORAGE && !world.supervisor(part).ownDeaths().isEmpty()) {
        deaths.put(part, world.supervisor(part).ownDeaths().size());
      }
    }
    return deaths;
  }
}
