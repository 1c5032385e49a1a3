package dev.wrinklefree.chaos.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's protocol 3: a start without a type, then messages of a type, a length and a body.
 * Statements are known by the names that they were prepared under.
 */
final class PostgresDialogue implements Dialogue {

  private static final int LENGTH_BYTES = 4;

  /** Codes of SSLRequest and GSSENCRequest, which are answered by one byte. */
  private static final int SSL_REQUEST = 80_877_103;

  private static final int GSS_REQUEST = 80_877_104;

  private static final Pattern APPEND =
      Pattern.compile("insert\\s+into\\s+outbox_event\\b", Pattern.CASE_INSENSITIVE);
  private static final String COMMITTED = "COMMIT";

  private final Map<String, Statement> prepared = new HashMap<>();
  private final Queue<Call> commits = new ConcurrentLinkedQueue<>();
  private boolean started;
  private boolean appended;
  private volatile boolean oneByteAnswer;

  private enum Statement {
    APPEND,
    COMMIT,
    ROLLBACK,
    OTHER
  }

  @Override
  public @Nullable Message request(InputStream in) throws IOException {
    if (!started) {
      return start(in);
    }
    int type = in.read();
    if (type < 0) {
      return null;
    }
    byte[] message = message((byte) type, in);
    return new Message(callOf(message), Phase.REQUEST, message);
  }

  @Override
  public @Nullable Message answer(InputStream in) throws IOException {
    // Asked only when there is an answer: its request has set the flag by then.
    int type = in.read();
    if (type < 0) {
      return null;
    }
    if (oneByteAnswer) {
      oneByteAnswer = false;
      return new Message(Call.OTHER, Phase.ANSWER, new byte[] {(byte) type});
    }
    byte[] message = message((byte) type, in);
    Call call = null;
    if (message[0] == 'C' && text(message, 1 + LENGTH_BYTES).equals(COMMITTED)) {
      call = commits.poll();
    }
    return new Message(call == null ? Call.OTHER : call, Phase.ANSWER, message);
  }

  private @Nullable Message start(InputStream in) throws IOException {
    byte[] length = in.readNBytes(LENGTH_BYTES);
    if (length.length < LENGTH_BYTES) {
      return null;
    }
    byte[] body = Frames.exactly(in, Frames.int32(length, 0) - LENGTH_BYTES);
    int code = Frames.int32(body, 0);
    if (code == SSL_REQUEST || code == GSS_REQUEST) {
      oneByteAnswer = true;
    } else {
      started = true;
    }
    return new Message(Call.OTHER, Phase.REQUEST, Frames.joined(length, body));
  }

  private Call callOf(byte[] message) {
    int body = 1 + LENGTH_BYTES;
    return switch (message[0]) {
      case 'P' -> {
        String name = text(message, body);
        prepared.put(name, statement(text(message, body + bytes(name) + 1)));
        yield Call.OTHER;
      }
      case 'B' -> {
        String portal = text(message, body);
        String name = text(message, body + bytes(portal) + 1);
        yield executed(prepared.getOrDefault(name, Statement.OTHER));
      }
      case 'Q' -> executed(statement(text(message, body)));
      default -> Call.OTHER;
    };
  }

  private Call executed(Statement statement) {
    return switch (statement) {
      case APPEND -> {
        appended = true;
        yield Call.OTHER;
      }
      case COMMIT -> {
        Call commit = appended ? Call.FACT_COMMIT : Call.COMMIT;
        appended = false;
        commits.add(commit);
        yield commit;
      }
      case ROLLBACK -> {
        appended = false;
        yield Call.OTHER;
      }
      case OTHER -> Call.OTHER;
    };
  }

  private static Statement statement(String query) {
    if (query.equalsIgnoreCase("COMMIT")) {
      return Statement.COMMIT;
    }
    if (query.equalsIgnoreCase("ROLLBACK")) {
      return Statement.ROLLBACK;
    }
    return APPEND.matcher(query).find() ? Statement.APPEND : Statement.OTHER;
  }

  private static byte[] message(byte type, InputStream in) throws IOException {
    byte[] length = Frames.exactly(in, LENGTH_BYTES);
    byte[] body = Frames.exactly(in, Frames.int32(length, 0) - LENGTH_BYTES);
    return Frames.joined(new byte[] {type}, length, body);
  }

  /** The text from an offset to the next zero byte. */
  private static String text(byte[] message, int offset) {
    int end = offset;
    while (end < message.length && message[end] != 0) {
      end++;
    }
    return new String(message, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
