package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What holds of one alert of a run. */
sealed interface Verdict {

  /** Which alert. */
  AlertCode code();

  /**
   * It should be open.
   *
   * @param message what is seen
   * @param suggestion what to do
   * @param evidence the figures behind it
   */
  record Raise(
      AlertCode code,
      Severity severity,
      String message,
      String suggestion,
      Map<String, String> evidence)
      implements Verdict {}

  /**
   * It should not be open.
   *
   * @param why for people
   */
  record Clear(AlertCode code, String why) implements Verdict {}

  /** Nothing new is known: it stays as it is. */
  record Keep(AlertCode code) implements Verdict {}

  /** Those that change something. */
  static List<Verdict> news(List<Verdict> verdicts, Collection<AlertCode> open) {
    return verdicts.stream()
        .filter(
            verdict ->
                switch (verdict) {
                  case Raise raise -> !open.contains(raise.code());
                  case Clear clear -> open.contains(clear.code());
                  case Keep keep -> false;
                })
        .toList();
  }
}
