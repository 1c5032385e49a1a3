package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.cost.outlook.SaveRhythm.Save;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a checkpoint took to write: between its first and its last object all others were
 * written, which tells the speed, and so the time for all of it. One object tells nothing.
 */
final class SaveTiming {

  private SaveTiming() {}

  static Save of(CheckpointWritten said) {
    return new Save(
        said.writtenAt().truncatedTo(ChronoUnit.MICROS), said.totalBytes(), measured(said));
  }

  private static @Nullable Duration measured(CheckpointWritten said) {
    List<StoredObject> objects =
        said.objects().stream().sorted(Comparator.comparing(StoredObject::writtenAt)).toList();
    if (objects.size() < 2) {
      return null;
    }
    long all = objects.stream().mapToLong(StoredObject::size).sum();
    long later = all - objects.getFirst().size();
    long millis =
        Duration.between(objects.getFirst().writtenAt(), objects.getLast().writtenAt()).toMillis();
    return later <= 0 || millis <= 0
        ? null
        : Duration.ofMillis(Math.round((double) millis * all / later));
  }
}
