package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Fingerprint;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.contract.event.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The launch requests for one run and their answers. */
final class RequestedRun {

  private static final Comparator<Answer> AS_SAID =
      Comparator.comparing(Answer::sequence, Comparator.nullsLast(Comparator.naturalOrder()));

  private final Map<Fingerprint, Request> requests = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();

  /**
   * @param body what it asks for; equal bodies ask for the same run
   */
  private record Request(Trace trace, Fingerprint body) {}

  /**
   * @param requestId id of the request that it answers; null if it does not say
   */
  private record Answer(
      Trace trace, @Nullable Long sequence, @Nullable String requestId, boolean accepted) {}

  /**
   * What was found.
   *
   * @param expected how many answers there must be
   * @param unanswered requests without one
   * @param surplus answers beyond the one that their request must have
   * @param unasked answers to requests that are not there
   * @param acceptedAgain acceptances after the first
   */
  record Verdict(
      int expected,
      List<Trace> unanswered,
      List<Trace> surplus,
      List<Trace> unasked,
      List<Trace> acceptedAgain) {}

  void requested(EventRecord event) {
    Fingerprint body = RequestBody.asDelivered(event.json());
    Fingerprint delivery =
        Fingerprint.of(event.attributes().source(), event.attributes().id(), body.toString());
    requests.putIfAbsent(delivery, new Request(event.trace(), RequestBody.asMeant(event.json())));
  }

  void answered(EventRecord event) {
    answers.add(
        new Answer(
            event.trace(),
            event.attributes().sequence(),
            event.attributes().causationId(),
            event.attributes().type() == EventType.LAUNCH_ACCEPTED));
  }

  Verdict verdict() {
    List<Answer> said = answers.stream().sorted(AS_SAID).toList();
    Set<String> ids = new LinkedHashSet<>();
    requests.values().forEach(request -> ids.add(request.trace().eventId()));
    List<Trace> unasked =
        said.stream()
            .filter(answer -> !ids.contains(answer.requestId()))
            .map(Answer::trace)
            .toList();
    List<Trace> acceptedAgain =
        said.stream().filter(Answer::accepted).skip(1).map(Answer::trace).toList();
    List<Trace> unanswered = new ArrayList<>();
    List<Trace> surplus = new ArrayList<>();
    int expected = judge(said, ids, unanswered, surplus);
    return new Verdict(expected, unanswered, surplus, unasked, acceptedAgain);
  }

  /** Answers name their request by its id alone, which several sources may have used. */
  private int judge(
      List<Answer> said, Set<String> ids, List<Trace> unanswered, List<Trace> surplus) {
    Request first = first(said);
    if (first == null) {
      return 0;
    }
    int expected = 1;
    Map<String, List<Trace>> spare = new HashMap<>();
    for (String id : ids) {
      List<Request> conflicts =
          requests.values().stream()
              .filter(request -> request.trace().eventId().equals(id))
              .filter(request -> !request.body().equals(first.body()))
              .toList();
      List<Trace> given =
          said.stream().filter(answer -> id.equals(answer.requestId())).map(Answer::trace).toList();
      expected += conflicts.size();
      conflicts.stream().skip(given.size()).map(Request::trace).forEach(unanswered::add);
      spare.put(id, given.subList(Math.min(conflicts.size(), given.size()), given.size()));
    }
    List<Trace> ofTheRun = new ArrayList<>();
    spare.forEach((id, answers) -> (asksForTheRun(id, first) ? ofTheRun : surplus).addAll(answers));
    if (ofTheRun.isEmpty()) {
      unanswered.add(first.trace());
    }
    ofTheRun.stream().skip(1).forEach(surplus::add);
    return expected;
  }

  private boolean asksForTheRun(String id, Request first) {
    return requests.values().stream()
        .anyMatch(
            request -> request.trace().eventId().equals(id) && request.body().equals(first.body()));
  }

  /** The request whose run it became: the one that was answered first. */
  private @Nullable Request first(List<Answer> said) {
    return said.stream()
        .flatMap(
            answer ->
                requests.values().stream()
                    .filter(
                        request -> Objects.equals(answer.requestId(), request.trace().eventId())))
        .findFirst()
        .or(() -> requests.values().stream().findFirst())
        .orElse(null);
  }
}
