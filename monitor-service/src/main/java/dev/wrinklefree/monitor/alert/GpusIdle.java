package dev.wrinklefree.monitor.alert;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.RunAlerted.Severity;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;

/** The program uses fewer GPUs than its machines have, as its template says. */
record GpusIdle() implements Detector {

  @Override
  public AlertCode code() {
    return AlertCode.GPUS_IDLE;
  }

  @Override
  public Verdict judge(Situation situation) {
    Integer used = situation.acceleratorsUsed();
    Placement placement = situation.placement();
    if (used == null || placement == null || situation.runningSince().isEmpty()) {
      return new Verdict.Undecided();
    }
    Accelerators paid = placement.accelerators();
    if (paid == null || paid.count() <= used) {
      return new Verdict.Well("All GPUs are used.");
    }
    int idle = (paid.count() - used) * placement.nodes();
    return new Verdict.Alarming(
        Severity.WARNING,
        "%d of %d GPUs are paid for and not used."
            .formatted(idle, paid.count() * placement.nodes()),
        "Take a smaller scale, or start the program so that it uses all of them.",
        new Evidence()
            .put("accelerators", paid.notation())
            .put("usedPerNode", used)
            .put("nodes", placement.nodes())
            .put("cloud", placement.cloud())
            .put("instanceType", placement.instanceType())
            .toMap());
  }
}
