package dev.wrinklefree.audit.history;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Headers by which a dead letter says where it came from, as SmallRye's connector names them. */
public final class DeadLetterHeaders {

  /** Begins the name of each of these headers. */
  public static final String PREFIX = "dead-letter-";

  /** Why, beginning with a machine code. */
  public static final String REASON = PREFIX + "reason";

  /** What lay behind the reason. */
  public static final String CAUSE = PREFIX + "cause";

  /** Topic of the record. */
  public static final String TOPIC = PREFIX + "topic";

  /** Partition of the record. */
  public static final String PARTITION = PREFIX + "partition";

  /** Offset of the record. */
  public static final String OFFSET = PREFIX + "offset";

  /** On a record that was sent again: the dead letter, as {@code topic/partition/offset}. */
  public static final String REPLAY_OF = "wf-replay-of";

  private DeadLetterHeaders() {}

  /** The text of the last header of that name. */
  public static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  /** Where the dead letter's record was, or null if the headers do not say it. */
  public static @Nullable Position origin(Headers headers) {
    Optional<String> topic = text(headers, TOPIC);
    Optional<String> partition = text(headers, PARTITION);
    Optional<String> offset = text(headers, OFFSET);
    if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty()) {
      return null;
    }
    try {
      return new Position(
          topic.get(), Integer.parseInt(partition.get()), Long.parseLong(offset.get()));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
