package dev.wrinklefree.cli.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.deadletter.DeadLetter;
import dev.wrinklefree.audit.deadletter.Replay;
import dev.wrinklefree.audit.deadletter.ReplaySender;
import dev.wrinklefree.audit.history.Position;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends dead letters again, each once. */
public final class Replays {

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private final KafkaSettings kafka;
  private final PrintWriter out;
  private final boolean json;

  /** Of that cluster; prints to {@code out}, as JSON or for people. */
  public Replays(KafkaSettings kafka, PrintWriter out, boolean json) {
    this.kafka = kafka;
    this.out = out;
    this.json = json;
  }

  /**
   * What to do.
   *
   * @param ids dead letters; empty for all of the topic
   * @param topic the topic whose dead letters are meant where there are no ids
   * @param body file with a corrected body; null to leave the body
   * @param again whether to send those too that were sent before
   * @param unchecked whether to send those too that would be dead letters again
   * @param dryRun whether to send nothing
   */
  public record Order(
      List<String> ids,
      @Nullable String topic,
      @Nullable Path body,
      boolean again,
      boolean unchecked,
      boolean dryRun) {}

  private enum Outcome {
    SENT("sent to"),
    WOULD_BE_SENT("would be sent to"),
    SENT_BEFORE("left: sent before to"),
    STILL_UNREADABLE("left: would be a dead letter again,");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    boolean isRefused() {
      return this == SENT_BEFORE || this == STILL_UNREADABLE;
    }
  }

  private record Done(Position id, Outcome outcome, String detail) {}

  /**
   * Does it.
   *
   * @return the exit code: not 0 if one of those that were named was left
   */
  public int run(Order order) throws InterruptedException {
    Replay.Body body = order.body() == null ? null : new Replay.Body(read(order.body()));
    List<Done> all =
        Broker.with(
            kafka,
            () -> {
              try (LetterShelf shelf = new LetterShelf(kafka);
                  ReplaySender sender = new ReplaySender(kafka.client(), KafkaSettings.PATIENCE)) {
                List<Done> done = new ArrayList<>();
                for (String id : ids(order, shelf)) {
                  done.add(replay(shelf.get(id), body, order, shelf, sender));
                }
                return done;
              }
            });
    print(all);
    boolean refused = all.stream().anyMatch(done -> done.outcome().isRefused());
    return refused && !order.ids().isEmpty() ? ExitCode.REJECTED : ExitCode.OK;
  }

  private static List<String> ids(Order order, LetterShelf shelf) {
    return order.ids().isEmpty()
        ? shelf.list(order.topic()).stream().map(entry -> entry.letter().id().toString()).toList()
        : order.ids().stream().distinct().toList();
  }

  private static Done replay(
      DeadLetter letter,
      Replay.@Nullable Body body,
      Order order,
      LetterShelf shelf,
      ReplaySender sender)
      throws InterruptedException {
    Replay replay = replay(letter, body);
    Optional<Position> before = shelf.replay(letter.id());
    if (before.isPresent() && !order.again()) {
      return new Done(letter.id(), Outcome.SENT_BEFORE, before.get().toString());
    }
    Optional<String> problem = replay.foreseenProblem();
    if (problem.isPresent() && !order.unchecked()) {
      return new Done(letter.id(), Outcome.STILL_UNREADABLE, LetterText.line(problem.get()));
    }
    if (order.dryRun()) {
      return new Done(letter.id(), Outcome.WOULD_BE_SENT, replay.topic().topicName());
    }
    return new Done(letter.id(), Outcome.SENT, sender.send(replay).toString());
  }

  private static Replay replay(DeadLetter letter, Replay.@Nullable Body body) {
    try {
      return Replay.of(letter, body).orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new WfException(ExitCode.USAGE, e.getMessage() + ".");
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new WfException(ExitCode.USAGE, "cannot read " + file + ".");
    }
  }

  private void print(List<Done> all) {
    if (json) {
      ObjectNode document = MAPPER.createObjectNode();
      ArrayNode replays = document.putArray("replays");
      for (Done done : all) {
        replays
            .addObject()
            .put("id", done.id().toString())
            .put(
                "outcome",
                done.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
            .put("detail", done.detail());
      }
      out.println(document);
    } else if (all.isEmpty()) {
      out.println("There are no dead letters.");
    } else {
      Table table = new Table("ID", "OUTCOME");
      all.forEach(
          done -> table.row(done.id().toString(), done.outcome().words + " " + done.detail()));
      table.lines().forEach(out::println);
    }
  }
}
