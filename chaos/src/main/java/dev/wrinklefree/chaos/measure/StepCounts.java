package dev.wrinklefree.chaos.measure;

import dev.wrinklefree.chaos.plan.Step;
import java.util.EnumMap;
import java.util.Map;

/** How often each step was armed and hit. Thread-safe. */
public final class StepCounts {

  private final Map<Step, Integer> armed = new EnumMap<>(Step.class);
  private final Map<Step, Integer> hit = new EnumMap<>(Step.class);

  /** A step waits for its message. */
  public synchronized void armed(Step step) {
    armed.merge(step, 1, Integer::sum);
  }

  /** A step's message came by. */
  public synchronized void hit(Step step) {
    hit.merge(step, 1, Integer::sum);
  }

  /** How often it was armed. */
  public synchronized int timesArmed(Step step) {
    return armed.getOrDefault(step, 0);
  }

  /** How often it was hit. */
  public synchronized int timesHit(Step step) {
    return hit.getOrDefault(step, 0);
  }

  /** How many different steps were hit. */
  public synchronized int different() {
    return hit.size();
  }
}
