package dev.wrinklefree.skypilot.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.http.JsonSlice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of the queue, and remembers pages by the bytes that they came as: whoever looks at
 * the queue again and again mostly gets the same page, which need not be parsed again. Thread-safe.
 */
public final class KnownPages {

  /** As many as a watcher of 6,400 unfinished jobs asks for; a page of 200 jobs is some 100 KB. */
  private static final int MOST = 32;

  /** In bytes. Answers to single requests for very many jobs are not worth their memory. */
  private static final int LONGEST = 1_000_000;

  private record Page(JsonSlice answer, QueuePage page) {}

  private final Map<QueueQuery, Page> byQuery = new LeastRecent();

  private static final class LeastRecent extends LinkedHashMap<QueueQuery, Page> {
    private static final long serialVersionUID = 1;

    LeastRecent() {
      super(MOST, 0.75F, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<QueueQuery, Page> eldest) {
      return size() > MOST;
    }
  }

  /**
   * The page that an answer holds.
   *
   * @param query that was asked
   * @param answer as it came
   * @param decoder reads the document in it
   * @return nothing if it is no page
   */
  public Optional<QueuePage> read(
      QueueQuery query, JsonSlice answer, Function<JsonSlice, JsonNode> decoder) {
    boolean remembered = query.page() != null && answer.length() <= LONGEST;
    if (!remembered) {
      return QueueMessages.read(decoder.apply(answer));
    }
    Page known = known(query);
    if (known != null && known.answer().equals(answer)) {
      return Optional.of(known.page());
    }
    Optional<QueuePage> page = QueueMessages.read(decoder.apply(answer));
    page.ifPresent(read -> remember(query, new Page(answer, read)));
    return page;
  }

  /** What was last answered to a query, if it is remembered. */
  public Optional<JsonSlice> lastAnswer(QueueQuery query) {
    return Optional.ofNullable(known(query)).map(Page::answer);
  }

  private synchronized @Nullable Page known(QueueQuery query) {
    return byQuery.get(query);
  }

  private synchronized void remember(QueueQuery query, Page page) {
    byQuery.put(query, page);
  }
}
