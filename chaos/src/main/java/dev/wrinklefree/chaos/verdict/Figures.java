package dev.wrinklefree.chaos.verdict;

import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.measure.StepCounts;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.plan.Plan;
import dev.wrinklefree.chaos.plan.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of the harness in figures, for people and for programs.
 *
 * @param plan what was done
 * @param requests how many requests were sent
 * @param counts how often each step was hit
 * @param recoveries kills, and times until the parts were back
 * @param ownDeaths how often each part ended by itself, which is no kill
 * @param judgement what came of it
 */
public record Figures(
    Plan plan,
    int requests,
    StepCounts counts,
    Recoveries recoveries,
    Map<Part, Integer> ownDeaths,
    Judgement judgement) {

  private static final List<Part> WATCHERS = List.of(Part.MONITOR, Part.CHECKPOINT);

  /** As lines for a person. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("%nsteps                        armed  hit%n".formatted());
    for (Step step : Step.values()) {
      text.append(
          "  %-26s %5d %4d%n"
              .formatted(step.word(), counts.timesArmed(step), counts.timesHit(step)));
    }
    text.append(
        "%nkilled                kills  to ready: p50    worst   to first work: p50    worst%n"
            .formatted());
    for (Part part : Part.values()) {
      if (recoveries.kills(part) > 0) {
        Recoveries.Times ready = recoveries.toReady(part);
        Recoveries.Times work = recoveries.toWork(part);
        text.append(
            "  %-20s %4d %14s %8s %20s %8s%n"
                .formatted(
                    part.title(),
                    recoveries.kills(part),
                    shown(ready.median()),
                    shown(ready.worst()),
                    shown(work.median()),
                    shown(work.worst())));
      }
    }
    for (Part watcher : WATCHERS) {
      Recoveries.Times times = recoveries.takeOver(watcher);
      if (times.count() > 0) {
        text.append(
            "  dead watcher of %s taken over %d times: p50 %s, worst %s%n"
                .formatted(
                    watcher.title(), times.count(), shown(times.median()), shown(times.worst())));
      }
    }
    ownDeaths.forEach(
        (part, times) ->
            text.append("  %s ended by itself %d times%n".formatted(part.title(), times)));
    text.append(
        """

        seed      %d
        rounds    %d
        kills     %d (%d of %d steps hit)
        requests  %d
        events    %d
        lost      %d
        repeated  %.1f per 1,000
        wrong     %d
        """
            .formatted(
                plan.seed(),
                plan.rounds().size(),
                recoveries.kills(),
                counts.different(),
                Step.values().length,
                requests,
                judgement.audit().events(),
                judgement.lost(),
                judgement.audit().repeatsPerThousand(),
                judgement.wrong()));
    return text.toString();
  }

  /** As nested maps for a JSON writer; durations in milliseconds. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seed", plan.seed());
    fields.put("rounds", plan.rounds().size());
    fields.put("kills", recoveries.kills());
    fields.put("requests", requests);
    fields.put("events", judgement.audit().events());
    fields.put("lost", judgement.lost());
    fields.put("repeatedPerThousand", judgement.audit().repeatsPerThousand());
    fields.put("wrong", judgement.wrong());
    fields.put("problems", judgement.problems());
    fields.put("killsByCause", recoveries.causes());
    Map<String, Object> steps = new LinkedHashMap<>();
    for (Step step : Step.values()) {
      steps.put(
          step.word(), Map.of("armed", counts.timesArmed(step), "hit", counts.timesHit(step)));
    }
    fields.put("steps", steps);
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      if (recoveries.kills(part) > 0) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("kills", recoveries.kills(part));
        put(one, "toReady", recoveries.toReady(part));
        put(one, "toWork", recoveries.toWork(part));
        put(one, "takeOver", recoveries.takeOver(part));
        parts.put(part.title(), one);
      }
    }
    fields.put("parts", parts);
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, Recoveries.Times times) {
    Duration median = times.median();
    Duration worst = times.worst();
    if (median != null && worst != null) {
      fields.put(name + "P50Ms", median.toMillis());
      fields.put(name + "WorstMs", worst.toMillis());
    }
  }

  private static String shown(@Nullable Duration time) {
    return time == null ? "–" : "%.1f s".formatted(time.toMillis() / 1_000.0);
  }
}
