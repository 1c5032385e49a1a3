package dev.wrinklefree.chaos.strike;

import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.platform.World;
import dev.wrinklefree.chaos.wire.Call;
import dev.wrinklefree.chaos.wire.Message;
import dev.wrinklefree.chaos.wire.Phase;
import dev.wrinklefree.chaos.wire.Toll;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures how long nobody watches after the replica that held the watch was killed in the middle
 * of a look. Nothing else is done meanwhile, and the dead one stays dead until the other has
 * looked.
 */
final class TakeOvers {

  private static final int LIMIT_SECONDS = 60;
  private static final String CAUSE = "take-over";

  private final World world;
  private final Strikes strikes;
  private final Recoveries recoveries;
  private final Progress progress;

  TakeOvers(World world, Strikes strikes, Recoveries recoveries, Progress progress) {
    this.world = world;
    this.strikes = strikes;
    this.recoveries = recoveries;
    this.progress = progress;
  }

  /** Tries it with each of these services at the same time. */
  void run(List<Part> services) throws IOException, StartException, InterruptedException {
    strikes.suspend(true);
    try {
      world.clearWeather();
      world.awaitAllReady(Part.SERVICES);
      tryAll(services);
    } finally {
      strikes.suspend(false);
    }
  }

  private void tryAll(List<Part> services)
      throws IOException, StartException, InterruptedException {
    List<Trial> trials = new ArrayList<>();
    for (Part service : services) {
      Trial trial = new Trial(service, replica(service));
      world.supervisor(trial.second()).start();
      trials.add(trial);
    }
    for (Trial trial : trials) {
      world.awaitAllReady(List.of(trial.second()));
      trial.lieInWait();
    }
    for (Trial trial : trials) {
      trial.end();
    }
  }

  private static Part replica(Part service) {
    return switch (service) {
      case MONITOR -> Part.MONITOR_2;
      case CHECKPOINT -> Part.CHECKPOINT_2;
      default -> throw new IllegalArgumentException(service + " has no watch");
    };
  }

  private static Call look(Part service) {
    return service == Part.MONITOR ? Call.QUEUE : Call.LISTING;
  }

  /** Two replicas, of which one dies. */
  private final class Trial {

    private final Part first;
    private final Part second;
    private final CompletableFuture<Part> killed = new CompletableFuture<>();
    private final CompletableFuture<Duration> takenOver = new CompletableFuture<>();

    private final Strikes.Ambush ambush;

    Trial(Part first, Part second) {
      this.first = first;
      this.second = second;
      Call look = look(first);
      this.ambush =
          new Strikes.Ambush(
              Set.of(first, second),
              message -> message.call() == look && message.phase() == Phase.ANSWER,
              true,
              this::kill);
    }

    Part second() {
      return second;
    }

    void lieInWait() {
      strikes.ambush(ambush);
    }

    private void kill(Toll.Passage passage) {
      Part holder = passage.link().from();
      Message seen = passage.message();
      progress.say("  kill %s (%s)", holder.title(), CAUSE);
      long now = System.nanoTime();
      world.supervisor(holder).killForGood(CAUSE);
      Part other = holder == first ? second : first;
      // The same look: the other replica may look elsewhere meanwhile, as it did before.
      strikes.ambush(
          new Strikes.Ambush(
              Set.of(other),
              message ->
                  message.call() == seen.call()
                      && message.phase() == Phase.REQUEST
                      && message.subject().equals(seen.subject()),
              false,
              looked -> takenOver.complete(Duration.ofNanos(System.nanoTime() - now))));
      killed.complete(holder);
    }

    void end() throws IOException, StartException, InterruptedException {
      try {
        Duration after = takenOver.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        recoveries.tookOver(first, after);
        progress.say("  %s was taken over after %d ms", first.title(), after.toMillis());
      } catch (TimeoutException e) {
        if (!strikes.callOff(ambush)) {
          throw new StartException(
              "nobody took over the watch of %s within %d s"
                  .formatted(first.title(), LIMIT_SECONDS));
        }
        // No run was alive: nobody had anything to look at, and nobody was killed.
        progress.say("  %s had nothing to watch", first.title());
        world.supervisor(second).stop();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
      if (killed.join() == first) {
        world.supervisor(first).start();
        world.awaitAllReady(List.of(first));
      }
      world.supervisor(second).stop();
    }
  }
}
