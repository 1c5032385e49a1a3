package dev.wrinklefree.delivery.stream;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.rest.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a stream, as it came.
 *
 * @param runId the only run that it wants; all if absent
 * @param lastEventIdHeader {@code Last-Event-ID}, which browsers send when they connect again
 * @param lastEventId the same for clients that cannot set a header; the header goes first
 * @param from {@code start} for all that the broker still has, {@code now} for what comes; only
 *     looked at if there is no id
 */
public record StreamQuery(
    @Nullable String runId,
    @Nullable String lastEventIdHeader,
    @Nullable String lastEventId,
    @Nullable String from) {

  StartAt start(Topic topic, @Nullable RunId run, Parameters parameters) {
    boolean header = isGiven(lastEventIdHeader);
    String id = header ? lastEventIdHeader : lastEventId;
    if (id != null && !id.isEmpty()) {
      return after(header ? "Last-Event-ID" : "lastEventId", id, topic, run, parameters);
    }
    if (from == null || from.equals("now")) {
      return new StartAt.Now();
    }
    if (!from.equals("start")) {
      parameters.refuse("from", "not-a-choice", "must be start or now");
    }
    return new StartAt.Oldest();
  }

  private static StartAt after(
      String name, String text, Topic topic, @Nullable RunId run, Parameters parameters) {
    try {
      ResumeId id = ResumeId.parse(text);
      if (!id.topic().equals(topic.topicName())) {
        parameters.refuse(name, "other-stream", "is of the topic " + id.topic());
      } else if (id.run() != null && !id.run().equals(run)) {
        parameters.refuse(name, "other-stream", "is of the stream of the run " + id.run());
      }
      return new StartAt.After(id);
    } catch (IllegalArgumentException e) {
      parameters.refuse(name, "malformed-id", String.valueOf(e.getMessage()));
      return new StartAt.Now();
    }
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
