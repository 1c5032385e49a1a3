package dev.wrinklefree.chaos.wire;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Both sides of a dialogue, of which more messages are expected. */
record Conversation(Dialogue dialogue) {

  static InputStream in(byte[]... pieces) {
    return new ByteArrayInputStream(Frames.joined(pieces));
  }

  Message request(InputStream in) throws IOException {
    return requireNonNull(dialogue.request(in), "no request");
  }

  Message answer(InputStream in) throws IOException {
    return requireNonNull(dialogue.answer(in), "no answer");
  }
}
