package dev.wrinklefree.chaos.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's protocol: each frame is a length and as many bytes. A request begins with its API key,
 * its version and its correlation id, an answer with the correlation id of its request.
 */
final class KafkaDialogue implements Dialogue {

  private static final int LENGTH_BYTES = 4;
  private static final int PRODUCE = 0;
  private static final int OFFSET_COMMIT = 8;
  private static final int REQUEST_HEADER = 8;

  private final Map<Integer, Call> open = new ConcurrentHashMap<>();

  @Override
  public @Nullable Message request(InputStream in) throws IOException {
    byte[] frame = frame(in);
    if (frame == null) {
      return null;
    }
    if (frame.length < LENGTH_BYTES + REQUEST_HEADER) {
      return new Message(Call.OTHER, Phase.REQUEST, frame);
    }
    Call call =
        switch (Frames.int16(frame, LENGTH_BYTES)) {
          case PRODUCE -> Call.PRODUCE;
          case OFFSET_COMMIT -> Call.OFFSETS;
          default -> Call.OTHER;
        };
    if (call != Call.OTHER) {
      open.put(Frames.int32(frame, LENGTH_BYTES + 4), call);
    }
    return new Message(call, Phase.REQUEST, frame);
  }

  @Override
  public @Nullable Message answer(InputStream in) throws IOException {
    byte[] frame = frame(in);
    if (frame == null) {
      return null;
    }
    Call call =
        frame.length < 2 * LENGTH_BYTES ? null : open.remove(Frames.int32(frame, LENGTH_BYTES));
    return new Message(call == null ? Call.OTHER : call, Phase.ANSWER, frame);
  }

  private static byte @Nullable [] frame(InputStream in) throws IOException {
    byte[] length = in.readNBytes(LENGTH_BYTES);
    if (length.length < LENGTH_BYTES) {
      return null;
    }
    return Frames.joined(length, Frames.exactly(in, Frames.int32(length, 0)));
  }
}
