package dev.wrinklefree.chaos.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with bodies of a stated length. The head of an answer whose length is not stated is a
 * message, and what follows is relayed as it comes.
 */
final class HttpDialogue implements Dialogue {

  private static final String REQUEST_ID = "x-skypilot-request-id";
  private static final String CONTENT_LENGTH = "content-length";
  private static final int CHUNK = 16 * 1024;
  private static final int LONGEST_HEAD = 64 * 1024;

  private final HttpCalls calls;
  private final Queue<Message> open = new ConcurrentLinkedQueue<>();
  private boolean unframed;

  HttpDialogue(HttpCalls calls) {
    this.calls = calls;
  }

  @Override
  public @Nullable Message request(InputStream in) throws IOException {
    byte[] head = head(in);
    if (head == null) {
      return null;
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String[] line = text.substring(0, text.indexOf("\r\n")).split(" ", -1);
    Call call = line.length < 2 ? Call.OTHER : calls.of(line[0], line[1]);
    String subject = call == Call.LISTING ? HttpCalls.prefix(line[1]) : "";
    Message request = new Message(call, Phase.REQUEST, subject, withBody(head, text, in));
    open.add(request);
    return request;
  }

  @Override
  public @Nullable Message answer(InputStream in) throws IOException {
    if (unframed) {
      return chunk(in);
    }
    byte[] head = head(in);
    if (head == null) {
      return null;
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    Message request = open.poll();
    Call call = request == null ? Call.OTHER : request.call();
    calls.answered(call, header(text, REQUEST_ID));
    unframed = header(text, CONTENT_LENGTH) == null && !text.startsWith("HTTP/1.1 204");
    String subject = request == null ? "" : request.subject();
    return new Message(call, Phase.ANSWER, subject, withBody(head, text, in));
  }

  private static byte[] withBody(byte[] head, String text, InputStream in) throws IOException {
    String length = header(text, CONTENT_LENGTH);
    return length == null
        ? head
        : Frames.joined(head, Frames.exactly(in, Integer.parseInt(length)));
  }

  private static @Nullable Message chunk(InputStream in) throws IOException {
    byte[] buffer = new byte[CHUNK];
    int read = in.read(buffer);
    return read < 0 ? null : new Message(Call.OTHER, Phase.ANSWER, Arrays.copyOf(buffer, read));
  }

  private static byte @Nullable [] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
      if (head.size() > LONGEST_HEAD) {
        throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
      }
      boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
      matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static @Nullable String header(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }
}
