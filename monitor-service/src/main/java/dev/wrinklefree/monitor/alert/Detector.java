package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;

/** Judges one thing about a run that has not ended. Pure. */
interface Detector {

  /** What it looks for. */
  AlertCode code();

  /** What it finds. */
  Verdict judge(Situation situation);
}
