package dev.wrinklefree.chaos.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows HTTP calls by their address. SkyPilot answers most of them with a request's id, whose
 * result is asked for later and perhaps over another connection.
 */
final class HttpCalls {

  private static final Pattern RESULT = Pattern.compile("/api/get\\?(?:.*&)?request_id=([^&]+).*");
  private static final Pattern LISTING = Pattern.compile("/storage/v1/b/[^/]+/o(\\?.*)?");
  private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^&]*)");
  private static final Map<String, Call> BY_PATH =
      Map.of(
          "POST /jobs/launch", Call.LAUNCH,
          "POST /jobs/queue/v2", Call.QUEUE,
          "POST /jobs/cancel", Call.CANCEL);
  private static final Map<Call, Call> RESULTS =
      Map.of(
          Call.LAUNCH, Call.LAUNCH_RESULT,
          Call.QUEUE, Call.QUEUE_RESULT,
          Call.CANCEL, Call.CANCEL_RESULT);

  private final Map<String, Call> resultById = new ConcurrentHashMap<>();

  /**
   * What a request is for.
   *
   * @param method such as {@code GET}
   * @param target path and query
   */
  Call of(String method, String target) {
    Call byPath = BY_PATH.get(method + " " + target);
    if (byPath != null) {
      return byPath;
    }
    Matcher result = RESULT.matcher(target);
    if (method.equals("GET") && result.matches()) {
      String id = URLDecoder.decode(result.group(1), StandardCharsets.UTF_8);
      return resultById.getOrDefault(id, Call.OTHER);
    }
    return method.equals("GET") && LISTING.matcher(target).matches() ? Call.LISTING : Call.OTHER;
  }

  /** The prefix that a listing asks for, as it is in the address; empty for the whole bucket. */
  static String prefix(String target) {
    Matcher prefix = PREFIX.matcher(target);
    return prefix.find() ? prefix.group(1) : "";
  }

  /** Remembers which request an id in an answer belongs to. */
  void answered(Call call, @Nullable String requestId) {
    Call result = RESULTS.get(call);
    if (result != null && requestId != null) {
      resultById.put(requestId, result);
    }
  }
}
