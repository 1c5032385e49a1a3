package dev.wrinklefree.chaos.wire;

import static dev.wrinklefree.chaos.wire.Conversation.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDialogueTest {

  private static final int SSL_REQUEST = 80_877_103;
  private static final int PROTOCOL_3 = 196_608;

  private final Conversation dialogue = new Conversation(new PostgresDialogue());

  @BeforeEach
  void begin() throws Exception {
    assertThat(call(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array()))
        .isEqualTo(Call.OTHER);
    assertThat(dialogue.answer(in(new byte[] {'N'})).bytes()).containsExactly('N');
    assertThat(call(ByteBuffer.allocate(9).putInt(9).putInt(PROTOCOL_3).put((byte) 0).array()))
        .isEqualTo(Call.OTHER);
  }

  @Test
  void knowsTheCommitOfATransactionThatAppendedAnEvent() throws Exception {
    call(parse("S_1", "INSERT INTO outbox_event (source) VALUES ($1)"));
    call(parse("S_2", "COMMIT"));
    call(bind("S_1"));

    assertThat(call(bind("S_2"))).isEqualTo(Call.FACT_COMMIT);
    assertThat(answer(complete("INSERT 0 1"))).isEqualTo(Call.OTHER);
    assertThat(answer(complete("COMMIT"))).isEqualTo(Call.FACT_COMMIT);

    assertThat(call(bind("S_2"))).as("the next transaction appended none").isEqualTo(Call.COMMIT);
    assertThat(answer(complete("COMMIT"))).isEqualTo(Call.COMMIT);
  }

  @Test
  void knowsAnAppendBehindACommonTableExpression() throws Exception {
    call(
        parse(
            "", "WITH stream AS (INSERT INTO outbox_stream AS s)\n INSERT INTO outbox_event (a)"));
    call(bind(""));

    assertThat(call(query("COMMIT"))).isEqualTo(Call.FACT_COMMIT);
  }

  @Test
  void forgetsTheAppendOfATransactionThatWasRolledBack() throws Exception {
    call(parse("S_1", "INSERT INTO outbox_event (source) VALUES ($1)"));
    call(bind("S_1"));
    call(query("ROLLBACK"));

    assertThat(call(query("COMMIT"))).isEqualTo(Call.COMMIT);
  }

  @Test
  void aNameIsWhatItWasLastPreparedFor() throws Exception {
    call(parse("", "COMMIT"));
    call(parse("", "SELECT 1"));

    assertThat(call(bind(""))).isEqualTo(Call.OTHER);
  }

  @Test
  void theAnswerToAnSslRequestIsOneByteAlsoForAReaderThatWaitedBeforeTheRequest() throws Exception {
    PostgresDialogue other = new PostgresDialogue();
    PipedOutputStream server = new PipedOutputStream();
    InputStream answers = new PipedInputStream(server);
    FutureTask<Message> waiting = new FutureTask<>(() -> new Conversation(other).answer(answers));
    Thread reader = Thread.ofPlatform().start(waiting);
    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    other.request(in(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array()));
    server.write('N');
    server.flush();

    assertThat(waiting.get(5, TimeUnit.SECONDS).bytes()).containsExactly('N');
  }

  private Call call(byte[] message) throws Exception {
    Message read = dialogue.request(in(message));
    assertThat(read.bytes()).isEqualTo(message);
    return read.call();
  }

  private Call answer(byte[] message) throws Exception {
    return dialogue.answer(in(message)).call();
  }

  private static byte[] parse(String name, String query) {
    return message('P', name + "\0" + query + "\0\0\0");
  }

  private static byte[] bind(String statement) {
    return message('B', "\0" + statement + "\0\0\0\0\0\0\0");
  }

  private static byte[] query(String text) {
    return message('Q', text + "\0");
  }

  private static byte[] complete(String tag) {
    return message('C', tag + "\0");
  }

  private static byte[] message(char type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) type)
        .putInt(4 + bytes.length)
        .put(bytes)
        .array();
  }
}
