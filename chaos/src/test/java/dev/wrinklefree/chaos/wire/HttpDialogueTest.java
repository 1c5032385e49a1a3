package dev.wrinklefree.chaos.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpDialogueTest {

  private final HttpCalls calls = new HttpCalls();
  private final Conversation dialogue = new Conversation(new HttpDialogue(calls));

  @Test
  void relaysHeadAndBodyAsOneMessage() throws Exception {
    String launch = "POST /jobs/launch HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";
    InputStream in = in(launch + "GET /api/health HTTP/1.1\r\n\r\n");

    Message first = dialogue.request(in);
    assertThat(first.call()).isEqualTo(Call.LAUNCH);
    assertThat(new String(first.bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(launch);
    assertThat(dialogue.request(in).call()).isEqualTo(Call.OTHER);
    assertThat(dialogue.dialogue().request(in)).isNull();
  }

  @Test
  void knowsTheResultOfALaunchByTheIdInItsAnswerAlsoOverAnotherConnection() throws Exception {
    dialogue.request(in("POST /jobs/launch HTTP/1.1\r\nContent-Length: 0\r\n\r\n"));
    Message answer =
        dialogue.answer(
            in("HTTP/1.1 200 OK\r\nX-skypilot-request-id: abc\r\nContent-Length: 4\r\n\r\nnull"));
    assertThat(answer.call()).isEqualTo(Call.LAUNCH);

    Conversation other = new Conversation(new HttpDialogue(calls));
    assertThat(other.request(in("GET /api/get?request_id=abc HTTP/1.1\r\n\r\n")).call())
        .isEqualTo(Call.LAUNCH_RESULT);
    assertThat(other.request(in("GET /api/get?request_id=else HTTP/1.1\r\n\r\n")).call())
        .isEqualTo(Call.OTHER);
  }

  @Test
  void knowsQueueCancelAndListing() throws Exception {
    assertThat(called("POST /jobs/queue/v2")).isEqualTo(Call.QUEUE);
    assertThat(called("POST /jobs/cancel")).isEqualTo(Call.CANCEL);
    assertThat(called("GET /storage/v1/b/bucket/o?prefix=a%2F")).isEqualTo(Call.LISTING);
    assertThat(called("GET /storage/v1/b/bucket/o/name")).isEqualTo(Call.OTHER);
  }

  @Test
  void relaysABodyOfUnknownLengthAsItComes() throws Exception {
    dialogue.request(in("POST /jobs/logs HTTP/1.1\r\n\r\n"));
    InputStream in =
        in("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

    assertThat(text(dialogue.answer(in))).endsWith("chunked\r\n\r\n");
    assertThat(text(dialogue.answer(in))).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
    assertThat(dialogue.dialogue().answer(in)).isNull();
  }

  private Call called(String line) throws Exception {
    return dialogue.request(in(line + " HTTP/1.1\r\n\r\n")).call();
  }

  private static String text(Message message) {
    return new String(message.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
