package dev.wrinklefree.chaos.wire;

import static dev.wrinklefree.chaos.wire.Conversation.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class KafkaDialogueTest {

  private final Conversation dialogue = new Conversation(new KafkaDialogue());

  @Test
  void knowsRequestsByTheirApiKeyAndAnswersByTheirRequest() throws Exception {
    InputStream requests =
        in(
            request(ApiKeys.FETCH, 7),
            request(ApiKeys.PRODUCE, 8),
            request(ApiKeys.OFFSET_COMMIT, 9));
    assertThat(dialogue.request(requests).call()).isEqualTo(Call.OTHER);
    Message produce = dialogue.request(requests);
    assertThat(produce.call()).isEqualTo(Call.PRODUCE);
    assertThat(produce.phase()).isEqualTo(Phase.REQUEST);
    assertThat(produce.bytes()).isEqualTo(request(ApiKeys.PRODUCE, 8));
    assertThat(dialogue.request(requests).call()).isEqualTo(Call.OFFSETS);
    assertThat(dialogue.dialogue().request(requests)).isNull();

    InputStream answers = in(answer(9), answer(7), answer(8), answer(8));
    assertThat(dialogue.answer(answers).call()).isEqualTo(Call.OFFSETS);
    assertThat(dialogue.answer(answers).call()).isEqualTo(Call.OTHER);
    assertThat(dialogue.answer(answers).call()).isEqualTo(Call.PRODUCE);
    assertThat(dialogue.answer(answers).call()).isEqualTo(Call.OTHER);
  }

  @Test
  void refusesAnotherProtocol() {
    assertThatThrownBy(
            () ->
                dialogue.request(in("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another protocol");
  }

  @Test
  void aFrameThatEndsTooSoonIsNoMessage() {
    byte[] whole = request(ApiKeys.PRODUCE, 1);
    assertThatThrownBy(
            () -> dialogue.request(in(ByteBuffer.allocate(10).put(whole, 0, 10).array())))
        .isInstanceOf(IOException.class);
  }

  private static byte[] request(ApiKeys api, int correlationId) {
    return ByteBuffer.allocate(4 + 12)
        .putInt(12)
        .putShort(api.id)
        .putShort((short) 9)
        .putInt(correlationId)
        .putInt(0)
        .array();
  }

  private static byte[] answer(int correlationId) {
    return ByteBuffer.allocate(4 + 6).putInt(6).putInt(correlationId).putShort((short) 0).array();
  }
}
