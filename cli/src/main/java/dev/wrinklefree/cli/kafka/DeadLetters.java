package dev.wrinklefree.cli.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.deadletter.DeadLetter;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.kafka.LetterShelf.Entry;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Shows what the services could not handle. */
public final class DeadLetters {

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private final KafkaSettings kafka;
  private final PrintWriter out;
  private final boolean json;

  /** Of that cluster; prints to {@code out}, as JSON or for people. */
  public DeadLetters(KafkaSettings kafka, PrintWriter out, boolean json) {
    this.kafka = kafka;
    this.out = out;
    this.json = json;
  }

  /**
   * Lists them.
   *
   * @param topic limits the list to a topic; null for all
   * @return the exit code
   */
  public int list(@Nullable String topic) throws InterruptedException {
    List<Entry> entries =
        Broker.with(
            kafka,
            () -> {
              try (LetterShelf shelf = new LetterShelf(kafka)) {
                return shelf.list(topic);
              }
            });
    if (json) {
      ObjectNode document = MAPPER.createObjectNode();
      ArrayNode letters = document.putArray("deadLetters");
      entries.forEach(entry -> letters.add(summary(entry)));
      out.println(document);
    } else if (entries.isEmpty()) {
      out.println("There are no dead letters.");
    } else {
      table(entries).lines().forEach(out::println);
    }
    return ExitCode.OK;
  }

  /**
   * Shows one with its headers and body.
   *
   * @param id {@code TOPIC/PARTITION/OFFSET}
   * @return the exit code
   */
  public int show(String id) throws InterruptedException {
    Broker.with(
        kafka,
        () -> {
          try (LetterShelf shelf = new LetterShelf(kafka)) {
            DeadLetter letter = shelf.get(id);
            show(letter, shelf.replay(letter.id()));
            return ExitCode.OK;
          }
        });
    return ExitCode.OK;
  }

  private void show(DeadLetter letter, Optional<Position> replay) {
    if (json) {
      long bytes = letter.value() == null ? 0 : letter.value().length;
      ObjectNode entry = summary(new Entry(letter, bytes, replay.orElse(null)));
      entry.set("headers", LetterText.headers(letter));
      LetterText.put(entry, letter.value());
      out.println(entry);
      return;
    }
    out.println("id        " + letter.id());
    out.println("set aside " + letter.storedAt());
    out.println("was at    " + letter.origin().map(Position::toString).orElse("not said"));
    out.println("reason    " + LetterText.line(letter.reason()));
    out.println("replayed  " + replay.map(at -> "as " + at).orElse("no"));
    out.println("key       " + LetterText.line(letter.key()));
    out.println();
    Table headers = new Table("HEADER", "VALUE");
    for (Header header : letter.headers()) {
      headers.row(LetterText.line(header.key()), LetterText.line(header.value()));
    }
    headers.lines().forEach(out::println);
    out.println();
    LetterText.body(letter.value()).forEach(out::println);
  }

  private static Table table(List<Entry> entries) {
    Table table = new Table("ID", "SET ASIDE (UTC)", "KEY", "SIZE", "REPLAYED", "REASON");
    for (Entry entry : entries) {
      DeadLetter letter = entry.letter();
      String at = letter.storedAt().toString().replace('T', ' ');
      table.row(
          letter.id().toString(),
          at.substring(0, "2026-11-23 10:00:00".length()),
          LetterText.line(letter.key()),
          Humane.bytes(entry.bytes()),
          entry.replay() == null ? "no" : entry.replay().toString(),
          LetterText.line(letter.reason()));
    }
    return table;
  }

  private static ObjectNode summary(Entry entry) {
    DeadLetter letter = entry.letter();
    ObjectNode summary = MAPPER.createObjectNode();
    summary.put("id", letter.id().toString()).put("setAsideAt", letter.storedAt().toString());
    letter.origin().ifPresent(origin -> summary.put("origin", origin.toString()));
    if (letter.key() != null) {
      summary.put("key", LetterText.line(letter.key()));
    }
    summary.put("bytes", entry.bytes()).put("reason", letter.reason());
    if (entry.replay() != null) {
      summary.put("replay", entry.replay().toString());
    }
    return summary;
  }
}
