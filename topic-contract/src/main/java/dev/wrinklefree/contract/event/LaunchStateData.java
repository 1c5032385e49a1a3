package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.value.RunId;

/** What the launch-state topic says: one answer per request, then how the submission went. */
public sealed interface LaunchStateData extends EventData
    permits LaunchAccepted, LaunchRejected, LaunchSubmitted, LaunchFailed {

  /** The run this is about; equal to the event's subject. */
  RunId runId();
}
