package dev.wrinklefree.chaos.strike;

import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.measure.StepCounts;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.plan.Step;
import dev.wrinklefree.chaos.wire.Call;
import dev.wrinklefree.chaos.wire.Message;
import dev.wrinklefree.chaos.wire.Phase;
import dev.wrinklefree.chaos.wire.Toll;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sees all traffic: strikes when an armed step's message comes by, and notes who works. */
public final class Strikes implements Toll {

  private static final Set<Call> SKYPILOT_WORK =
      Set.of(Call.LAUNCH, Call.LAUNCH_RESULT, Call.QUEUE, Call.QUEUE_RESULT);

  private final StepCounts counts;
  private final Recoveries recoveries;
  private final List<Armed> armed = new ArrayList<>();
  private final List<Ambush> ambushes = new ArrayList<>();
  private volatile @Nullable Executioner executioner;
  private volatile boolean suspended;

  private record Armed(Step step, Part service) {}

  /** Kills and cuts on behalf of the strikes. */
  interface Executioner {

    /** Kills a part, which is started again at once. */
    void kill(Part part, String cause);

    /** Makes a service's database silent to it. */
    void silenceDatabase(Part service);

    /** Takes that back; what the service had said meanwhile is lost. */
    void releaseDatabase(Part service);
  }

  /**
   * Something that waits once for a message of certain parts.
   *
   * @param parts whose message
   * @param wanted which message
   * @param isDropped whether it and its connection are dropped
   * @param action is told of it while it waits
   */
  record Ambush(
      Set<Part> parts, Predicate<Message> wanted, boolean isDropped, Consumer<Passage> action) {

    boolean fits(Passage passage) {
      return parts.contains(passage.link().from()) && wanted.test(passage.message());
    }
  }

  /**
   * @param counts are told of each hit
   * @param recoveries are told who works
   */
  public Strikes(StepCounts counts, Recoveries recoveries) {
    this.counts = counts;
    this.recoveries = recoveries;
  }

  /** Says who carries out what is decided here; before that, nothing is armed. */
  void executedBy(Executioner newExecutioner) {
    executioner = newExecutioner;
  }

  /** Waits for a step's next message in one service. */
  synchronized void arm(Step step, Part service) {
    counts.armed(step);
    armed.add(new Armed(step, service));
  }

  /** Waits once for a message. */
  synchronized void ambush(Ambush ambush) {
    ambushes.add(ambush);
  }

  /** Waits for it no longer; whether it was still waiting. */
  synchronized boolean callOff(Ambush ambush) {
    return ambushes.remove(ambush);
  }

  /** Forgets what is still armed. */
  synchronized void disarm() {
    armed.clear();
    ambushes.clear();
  }

  /** How many steps still wait for their message. */
  synchronized int waiting() {
    return armed.size();
  }

  /** Lets armed steps pass for a while, or strikes them again. */
  void suspend(boolean isSuspended) {
    suspended = isSuspended;
  }

  @Override
  public Verdict of(Passage passage) {
    if (passage.message().call() == Call.OTHER) {
      return new Pass();
    }
    Ambush ambush = ambushed(passage);
    if (ambush != null) {
      ambush.action().accept(passage);
      if (ambush.isDropped()) {
        return new Cut();
      }
    }
    Step step = struck(passage);
    Executioner hands = executioner;
    if (step == null || hands == null) {
      note(passage);
      return new Pass();
    }
    counts.hit(step);
    return strike(step, passage, hands);
  }

  private static Verdict strike(Step step, Passage passage, Executioner hands) {
    Part service = passage.link().from();
    return switch (step.strike()) {
      case KILL_SERVICE -> {
        hands.kill(service, step.word());
        yield new Cut();
      }
      case DELIVER_AND_KILL_SERVICE -> {
        hands.silenceDatabase(service);
        yield new PassThen(
            () -> {
              hands.kill(service, step.word());
              hands.releaseDatabase(service);
            });
      }
      case KILL_SERVER -> {
        hands.kill(passage.link().to(), step.word());
        yield new Cut();
      }
      case CUT -> new Cut();
    };
  }

  private synchronized @Nullable Step struck(Passage passage) {
    if (suspended) {
      return null;
    }
    Message message = passage.message();
    for (Iterator<Armed> all = armed.iterator(); all.hasNext(); ) {
      Armed one = all.next();
      if (one.step().call() == message.call()
          && one.step().phase() == message.phase()
          && one.service() == passage.link().from()) {
        all.remove();
        return one.step();
      }
    }
    return null;
  }

  private synchronized @Nullable Ambush ambushed(Passage passage) {
    for (Iterator<Ambush> all = ambushes.iterator(); all.hasNext(); ) {
      Ambush one = all.next();
      if (one.fits(passage)) {
        all.remove();
        return one;
      }
    }
    return null;
  }

  private void note(Passage passage) {
    if (passage.message().phase() != Phase.ANSWER) {
      return;
    }
    Call call = passage.message().call();
    Part service = passage.link().from();
    Part server = passage.link().to();
    if (isWork(service, call)) {
      recoveries.worked(service, passage.openedNanos());
    }
    boolean served =
        switch (server) {
          case KAFKA -> call == Call.PRODUCE;
          case POSTGRES -> call == Call.COMMIT || call == Call.FACT_COMMIT;
          case SKYPILOT -> SKYPILOT_WORK.contains(call);
          default -> false;
        };
    if (served) {
      recoveries.worked(server, passage.openedNanos());
    }
  }

  /** What a service is there for, as an answer that it gets. */
  private static boolean isWork(Part service, Call call) {
    return switch (service) {
      case LAUNCH -> call == Call.LAUNCH || call == Call.QUEUE_RESULT || call == Call.FACT_COMMIT;
      case MONITOR, MONITOR_2 -> call == Call.QUEUE_RESULT;
      case CHECKPOINT, CHECKPOINT_2 -> call == Call.LISTING;
      case COST -> call == Call.FACT_COMMIT;
      case KAFKA, POSTGRES, SKYPILOT, STORAGE -> false;
    };
  }
}
