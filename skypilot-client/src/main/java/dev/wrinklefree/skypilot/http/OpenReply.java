package dev.wrinklefree.skypilot.http;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/** A reply to a streaming call: either its body is still coming, or it is a complete refusal. */
public sealed interface OpenReply {

  /** A 200 whose body arrives as it is written; cancel the subscription to close the connection. */
  record Streaming(HttpHeaders headers, Flow.Publisher<List<ByteBuffer>> body)
      implements OpenReply {}

  /** Anything else. */
  record Refused(Reply reply) implements OpenReply {}
}
