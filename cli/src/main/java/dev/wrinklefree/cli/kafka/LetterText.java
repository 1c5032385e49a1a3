package dev.wrinklefree.cli.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.deadletter.DeadLetter;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Bytes of strangers as text that a terminal can take. */
final class LetterText {

  private static final ObjectMapper MAPPER = ContractJson.mapper();
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int HEX_BYTES_PER_LINE = 24;

  private LetterText() {}

  /** One line: control characters are shown as question marks, other bytes in hexadecimal. */
  static String line(byte @Nullable [] bytes) {
    return bytes == null
        ? ""
        : utf8(bytes).map(LetterText::line).orElseGet(() -> HEX.formatHex(bytes));
  }

  /** One line: control characters are shown as question marks. */
  static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * A body: JSON with indents, other text as it is, without control characters, else a hex dump.
   */
  static List<String> body(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return List.of("(no value)");
    }
    Optional<String> text = utf8(bytes);
    if (text.isEmpty()) {
      return hexDump(bytes);
    }
    return json(text.get())
        .map(JsonNode::toPrettyString)
        .orElse(text.get())
        .lines()
        .map(LetterText::line)
        .toList();
  }

  /** The same for programs: {@code body} as JSON, else {@code bodyText}, else {@code bodyHex}. */
  static void put(ObjectNode entry, byte @Nullable [] bytes) {
    if (bytes == null) {
      return;
    }
    Optional<String> text = utf8(bytes);
    Optional<JsonNode> json = text.flatMap(LetterText::json);
    if (json.isPresent()) {
      entry.set("body", json.get());
    } else if (text.isPresent()) {
      entry.put("bodyText", text.get());
    } else {
      entry.put("bodyHex", HexFormat.of().formatHex(bytes));
    }
  }

  static ObjectNode headers(DeadLetter letter) {
    ObjectNode headers = MAPPER.createObjectNode();
    for (Header header : letter.headers()) {
      headers.put(header.key(), line(header.value()));
    }
    return headers;
  }

  private static Optional<JsonNode> json(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static List<String> hexDump(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += HEX_BYTES_PER_LINE) {
      lines.add(HEX.formatHex(bytes, from, Math.min(bytes.length, from + HEX_BYTES_PER_LINE)));
    }
    return lines;
  }
}
