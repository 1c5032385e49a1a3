package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.monitor.training.Course;
import dev.wrinklefree.monitor.training.TrainingRecord;
import dev.wrinklefree.monitor.training.TrainingRecord.Reporting;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of training as records and back. */
final class TrainingRecords {
  private TrainingRecords() {}

  static TrainingRecord read(RunEntity run, TrainingEntity training, List<AlertEntity> open) {
    return new TrainingRecord(
        new RunId(run.runId),
        run.knownAt,
        reporting(training),
        training.acceleratorsUsed,
        RecordedJobs.read(run).told(),
        RunRepository.launchFailed(run),
        training.course == null ? Course.NONE : StoredJson.read(training.course, Course.class),
        told(training),
        byCode(open));
  }

  /** What the launch says of the run's figures. */
  static void accept(LaunchAccepted accepted, TrainingEntity training) {
    MetricKeys keys = accepted.metrics();
    training.wandbEntity = accepted.wandb().entity();
    training.wandbProject = accepted.wandb().project();
    training.wandbId = accepted.wandb().id();
    training.metricKeys = keys == null ? null : StoredJson.write(keys);
    training.acceleratorsUsed = accepted.acceleratorsUsed();
  }

  static @Nullable ToldFigures told(TrainingEntity training) {
    return training.told == null || training.toldAt == null
        ? null
        : new ToldFigures(
            StoredJson.read(training.told, TrainingProgressed.class), training.toldAt);
  }

  private static @Nullable Reporting reporting(TrainingEntity training) {
    return training.metricKeys == null || training.wandbProject == null || training.wandbId == null
        ? null
        : new Reporting(
            new WandbRun(training.wandbEntity, training.wandbProject, training.wandbId),
            StoredJson.read(training.metricKeys, MetricKeys.class));
  }

  private static Map<AlertCode, RunAlerted> byCode(List<AlertEntity> open) {
    Map<AlertCode, RunAlerted> byCode = new EnumMap<>(AlertCode.class);
    for (AlertEntity alert : open) {
      Arrays.stream(AlertCode.values())
          .filter(code -> code.word().equals(alert.key.code()))
          .forEach(code -> byCode.put(code, StoredJson.read(alert.data, RunAlerted.class)));
    }
    return byCode;
  }
}
