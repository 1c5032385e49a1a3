package dev.wrinklefree.skypilot.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.failure.Refusal.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What an error body says, in one line. */
final class ErrorText {
  private static final int MAX_CHARS = 500;

  private ErrorText() {}

  static String of(Reply reply) {
    if (reply.redirect()) {
      return "redirected";
    }
    if (reply.html()) {
      return "an HTML page";
    }
    return Json.parse(reply.body())
        .map(ErrorText::ofJson)
        .orElseGet(() -> shortened(lastLine(reply.body())));
  }

  private static String ofJson(JsonNode body) {
    JsonNode detail = body.path("detail");
    if (detail.path("message").isTextual()) {
      return shortened(detail.path("message").textValue());
    }
    if (detail.isTextual()) {
      return shortened(detail.textValue());
    }
    if (body.path("message").isTextual()) {
      return shortened(body.path("message").textValue());
    }
    return body.isTextual() ? shortened(body.textValue()) : "no detail given";
  }

  /** The problems of a 422, without the {@code input} that the server echoes. */
  static List<FieldProblem> problems(Reply reply) {
    List<FieldProblem> problems = new ArrayList<>();
    for (JsonNode problem : Json.parse(reply.body()).orElseGet(Json::object).path("detail")) {
      StringJoiner field = new StringJoiner(".");
      problem.path("loc").forEach(step -> field.add(step.asText()));
      problems.add(
          new FieldProblem(field.toString(), shortened(problem.path("msg").asText("invalid"))));
    }
    return problems.isEmpty() ? List.of(new FieldProblem("", of(reply))) : problems;
  }

  /** A Python traceback names its error in its last line; the lines above may quote values. */
  private static String lastLine(String body) {
    String text = Ansi.strip(body).strip();
    return text.isEmpty() ? "no detail given" : text.substring(text.lastIndexOf('\n') + 1);
  }

  private static String shortened(String text) {
    String clean = Ansi.strip(text).strip();
    return clean.length() <= MAX_CHARS ? clean : clean.substring(0, MAX_CHARS) + "…";
  }
}
