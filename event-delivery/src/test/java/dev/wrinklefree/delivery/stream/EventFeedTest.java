package dev.wrinklefree.delivery.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventFeedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final RunId RUN = new RunId("wanted");

  /** One replica: a window that follows the log as far as it has been told. */
  private static final class Replica {
    private final EventLog log;
    private final TopicWindow window;
    private int followed;

    Replica(EventLog log, long maxWeight) {
      this.log = log;
      this.window = new TopicWindow(maxWeight);
      window.follow(log.starts());
    }

    void catchUp() {
      while (followed < log.all().size()) {
        window.add(log.all().get(followed++));
      }
    }

    EventFeed open(@Nullable RunId run, StartAt start) {
      return new EventFeed(Topic.JOB_STATE, run, start, window, log, () -> {});
    }
  }

  /**
   * Each step appends an event, lets a replica follow, reads one, or cuts the stream and goes on at
   * one of the replicas with the last id that was seen.
   */
  @Property(tries = 400, seed = "20261123")
  void missesNothingAndRepeatsNothingWhereverItIsCut(
      @ForAll @Size(min = 10, max = 120) List<@IntRange(max = 11) Integer> steps,
      @ForAll @IntRange(min = 1, max = 8) int kept,
      @ForAll boolean ofOneRun)
      throws InterruptedException {
    EventLog log = new EventLog(Topic.PARTITIONS);
    List<Replica> replicas =
        List.of(new Replica(log, kept * 270L), new Replica(log, 270L), new Replica(log, 100_000));
    RunId run = ofOneRun ? RUN : null;
    List<StreamedEvent> got = new ArrayList<>();
    EventFeed feed = replicas.getFirst().open(run, new StartAt.Now());
    ResumeId last = requireNonNull(((Signal.Idle) feed.next(PATIENCE)).id());
    int onRun = 0;
    for (int step : steps) {
      int number = log.all().size();
      if (step < 5) {
        boolean wanted = !ofOneRun || step % 2 == 0;
        onRun += wanted ? 1 : 0;
        log.append(ofOneRun ? partition() : number % Topic.PARTITIONS, wanted ? "wanted" : "other");
      } else if (step < 8) {
        replicas.get(step - 5).catchUp();
      } else if (step == 8) {
        if (got.size() < onRun) {
          replicas.forEach(Replica::catchUp);
          last = take(feed, got);
        }
      } else {
        feed.close();
        feed = replicas.get(step - 9).open(run, new StartAt.After(ResumeId.parse(last.toString())));
      }
    }
    replicas.forEach(Replica::catchUp);
    while (got.size() < onRun) {
      take(feed, got);
    }
    feed.close();
    assertThat(feed.next(PATIENCE)).isInstanceOf(Signal.End.class);

    Comparator<StreamedEvent> byPlace =
        Comparator.comparingInt(StreamedEvent::partition).thenComparingLong(StreamedEvent::offset);
    List<StreamedEvent> wanted =
        log.all().stream().filter(event -> event.run().equals("wanted")).toList();
    assertThat(got).doesNotHaveDuplicates().hasSameElementsAs(wanted);
    // In order within each partition, and so of each run.
    assertThat(got.stream().filter(event -> event.partition() == partition()).toList())
        .isSortedAccordingTo(byPlace);
    if (ofOneRun) {
      assertThat(got).isEqualTo(wanted);
    }
  }

  @Test
  void saysWhatRetentionTookBeforeItGoesOnWithTheOldest() throws InterruptedException {
    EventLog log = new EventLog(1);
    for (int i = 0; i < 10; i++) {
      log.append(0, "wanted");
    }
    Replica replica = new Replica(log, 600);
    replica.catchUp();
    log.cut(6);

    EventFeed feed = replica.open(null, after(2));

    assertThat(feed.next(PATIENCE)).isInstanceOf(Signal.Idle.class);
    assertThat(feed.next(PATIENCE))
        .isInstanceOfSatisfying(
            Signal.Gap.class,
            gap -> {
              assertThat(gap.from()).isEqualTo(2);
              assertThat(gap.to()).isEqualTo(6);
              assertThat(gap.id()).hasToString("job-state@0:6");
            });
    assertThat(next(feed).event().offset()).isEqualTo(6);
  }

  @Test
  void beginsAnewWhereTheTopicIsShorterThanTheIdSays() throws InterruptedException {
    EventLog log = new EventLog(1);
    log.append(0, "wanted");
    Replica replica = new Replica(log, 600);
    replica.catchUp();

    EventFeed feed = replica.open(null, after(1_000));

    assertThat(feed.next(PATIENCE)).isInstanceOf(Signal.Idle.class);
    assertThat(feed.next(PATIENCE)).isInstanceOf(Signal.Gap.class);
    assertThat(next(feed).event().offset()).isZero();
  }

  @Test
  void waitsForATopicThatIsNotKnownYet() throws InterruptedException {
    EventLog log = new EventLog(1);
    TopicWindow window = new TopicWindow(600);
    EventFeed feed = new EventFeed(Topic.JOB_STATE, null, new StartAt.Now(), window, log, () -> {});

    assertThat(feed.next(Duration.ofMillis(1))).isEqualTo(new Signal.Idle(null));
    window.follow(log.starts());
    assertThat(feed.next(PATIENCE))
        .isInstanceOfSatisfying(
            Signal.Idle.class, idle -> assertThat(idle.id()).hasToString("job-state@0:0"));
  }

  @Test
  void readsAPartitionThatWasAddedFromItsStart() throws InterruptedException {
    EventLog log = new EventLog(2);
    TopicWindow window = new TopicWindow(600);
    window.follow(Map.of(0, 0L));
    EventFeed feed = new EventFeed(Topic.JOB_STATE, null, new StartAt.Now(), window, log, () -> {});
    assertThat(feed.next(PATIENCE)).isInstanceOf(Signal.Idle.class);

    StreamedEvent first = log.append(1, "wanted");
    window.follow(Map.of(1, 1L));

    assertThat(next(feed).event()).isEqualTo(first);
  }

  private static StartAt after(long offset) {
    return new StartAt.After(new ResumeId("job-state", null, new TreeMap<>(Map.of(0, offset))));
  }

  private static ResumeId take(EventFeed feed, List<StreamedEvent> got)
      throws InterruptedException {
    Signal.Event event = next(feed);
    got.add(event.event());
    return event.id();
  }

  private static Signal.Event next(EventFeed feed) throws InterruptedException {
    Signal signal = feed.next(PATIENCE);
    if (signal instanceof Signal.Idle) { // how a feed begins
      signal = feed.next(PATIENCE);
    }
    assertThat(signal).isInstanceOf(Signal.Event.class);
    return (Signal.Event) signal;
  }

  /** Where the contract's six partitions have the run: what Kafka's default partitioner says. */
  private static int partition() {
    return 4;
  }
}
