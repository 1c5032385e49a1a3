package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.value.RunId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A position in a topic as the {@code id} of a server-sent event: {@code job-state@0:15,3:7} or, of
 * one run, {@code job-state/my-run@3:7}, with the next offset of each partition. It holds all that
 * is needed to go on, so any replica can.
 *
 * @param topic the topic's name
 * @param run the only run of the stream; all if absent
 * @param next the offset that each partition is to be read from
 */
record ResumeId(String topic, @Nullable RunId run, SortedMap<Integer, Long> next) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<topic>[a-z-]{1,64})(/(?<run>"
              + RunId.PATTERN
              + "))?@(?<next>[0-9]{1,6}:[0-9]{1,18}(,[0-9]{1,6}:[0-9]{1,18}){0,999})");

  /** Copies the map. */
  ResumeId {
    next = new TreeMap<>(next);
  }

  /**
   * Reads what a client sent.
   *
   * @throws IllegalArgumentException with a sentence for the client, if it is no id of ours
   */
  static ResumeId parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("is no id that a stream of events gave");
    }
    TreeMap<Integer, Long> next = new TreeMap<>();
    for (String pair : form.group("next").split(",", -1)) {
      String[] parts = pair.split(":", -1);
      if (next.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1])) != null) {
        throw new IllegalArgumentException("names a partition twice");
      }
    }
    String run = form.group("run");
    return new ResumeId(form.group("topic"), run == null ? null : new RunId(run), next);
  }

  @Override
  public String toString() {
    return topic
        + (run == null ? "" : "/" + run)
        + next.entrySet().stream()
            .map((Map.Entry<Integer, Long> entry) -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(",", "@", ""));
  }
}
