package dev.wrinklefree.chaos.plan;

import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.chaos.wire.Call;
import dev.wrinklefree.chaos.wire.Phase;
import java.util.List;
import java.util.Locale;

/** The named moments at which something is made to fail; the README says why each. */
public enum Step {
  /** The submit was not sent; its beginning is recorded. */
  SUBMIT_NOT_SENT(Call.LAUNCH, Phase.REQUEST, Strike.KILL_SERVICE, Part.LAUNCH),
  /** The submit was sent, its answer did not come. */
  SUBMIT_ANSWER_WITHHELD(Call.LAUNCH, Phase.ANSWER, Strike.KILL_SERVICE, Part.LAUNCH),
  /** The request's id came and was not stored. */
  SUBMIT_ANSWER_NOT_STORED(Call.LAUNCH, Phase.ANSWER, Strike.DELIVER_AND_KILL_SERVICE, Part.LAUNCH),
  /** The service lives and does not know whether its submit was sent. */
  SUBMIT_ANSWER_CUT(Call.LAUNCH, Phase.ANSWER, Strike.CUT, Part.LAUNCH),
  /** SkyPilot took the submit and forgot the request. */
  SUBMIT_SERVER_DIES(Call.LAUNCH, Phase.ANSWER, Strike.KILL_SERVER, Part.LAUNCH),
  /** The request's id is stored, its result was not asked for. */
  RESULT_NOT_ASKED(Call.LAUNCH_RESULT, Phase.REQUEST, Strike.KILL_SERVICE, Part.LAUNCH),
  /** The job exists, its id did not come. */
  RESULT_WITHHELD(Call.LAUNCH_RESULT, Phase.ANSWER, Strike.KILL_SERVICE, Part.LAUNCH),
  /** The job's id came and was not stored. */
  RESULT_NOT_STORED(Call.LAUNCH_RESULT, Phase.ANSWER, Strike.DELIVER_AND_KILL_SERVICE, Part.LAUNCH),
  /** SkyPilot forgot the request while its result was waited for. */
  RESULT_SERVER_DIES(Call.LAUNCH_RESULT, Phase.REQUEST, Strike.KILL_SERVER, Part.LAUNCH),
  /** The cancel was not sent. */
  CANCEL_NOT_SENT(Call.CANCEL, Phase.REQUEST, Strike.KILL_SERVICE, Part.LAUNCH),
  /** The cancel was sent, its answer did not come. */
  CANCEL_ANSWER_WITHHELD(Call.CANCEL, Phase.ANSWER, Strike.KILL_SERVICE, Part.LAUNCH),
  /** SkyPilot took the cancel and forgot the request. */
  CANCEL_SERVER_DIES(Call.CANCEL, Phase.ANSWER, Strike.KILL_SERVER, Part.LAUNCH),
  /** A cancel's or a lost submit's look at the queue did not come back. */
  LOOK_UP_WITHHELD(Call.QUEUE_RESULT, Phase.ANSWER, Strike.KILL_SERVICE, Part.LAUNCH),
  /** The watcher asked for the queue and had no answer. */
  QUEUE_READ_WITHHELD(Call.QUEUE, Phase.ANSWER, Strike.KILL_SERVICE, Part.MONITOR),
  /** The watcher saw the queue and recorded nothing of it. */
  QUEUE_NOT_RECORDED(
      Call.QUEUE_RESULT, Phase.ANSWER, Strike.DELIVER_AND_KILL_SERVICE, Part.MONITOR),
  /** The bucket was asked for and did not answer. */
  LISTING_WITHHELD(Call.LISTING, Phase.ANSWER, Strike.KILL_SERVICE, Part.CHECKPOINT),
  /** The bucket was seen and nothing of it recorded. */
  LISTING_NOT_RECORDED(
      Call.LISTING, Phase.ANSWER, Strike.DELIVER_AND_KILL_SERVICE, Part.CHECKPOINT),
  /** The relay's records did not reach the broker. */
  PRODUCE_NOT_SENT(
      Call.PRODUCE, Phase.REQUEST, Strike.KILL_SERVICE, Part.SERVICES.toArray(Part[]::new)),
  /** The broker has the records, the relay does not know. */
  PRODUCE_ACK_WITHHELD(
      Call.PRODUCE, Phase.ANSWER, Strike.KILL_SERVICE, Part.SERVICES.toArray(Part[]::new)),
  /** The relay lives and does not know whether the broker has the records. */
  PRODUCE_ACK_CUT(Call.PRODUCE, Phase.ANSWER, Strike.CUT, Part.SERVICES.toArray(Part[]::new)),
  /** The broker took the records and died before it said so. */
  PRODUCE_BROKER_DIES(
      Call.PRODUCE, Phase.ANSWER, Strike.KILL_SERVER, Part.SERVICES.toArray(Part[]::new)),
  /** Records were handled, their offsets not committed. */
  OFFSETS_NOT_COMMITTED(
      Call.OFFSETS, Phase.REQUEST, Strike.KILL_SERVICE, Part.LAUNCH, Part.MONITOR, Part.COST),
  /** A transaction with an event was not committed. */
  COMMIT_NOT_SENT(
      Call.FACT_COMMIT, Phase.REQUEST, Strike.KILL_SERVICE, Part.SERVICES.toArray(Part[]::new)),
  /** A transaction with an event was committed, the service did not learn of it. */
  COMMIT_ANSWER_WITHHELD(
      Call.FACT_COMMIT, Phase.ANSWER, Strike.KILL_SERVICE, Part.SERVICES.toArray(Part[]::new)),
  /** The service lives and does not know whether its transaction was committed. */
  COMMIT_ANSWER_CUT(Call.FACT_COMMIT, Phase.ANSWER, Strike.CUT, Part.SERVICES.toArray(Part[]::new)),
  /** The database died with a commit on its way. */
  COMMIT_DATABASE_DIES(
      Call.FACT_COMMIT, Phase.ANSWER, Strike.KILL_SERVER, Part.SERVICES.toArray(Part[]::new));

  private final Call call;
  private final Phase phase;
  private final Strike strike;
  private final List<Part> services;

  Step(Call call, Phase phase, Strike strike, Part... services) {
    this.call = call;
    this.phase = phase;
    this.strike = strike;
    this.services = List.of(services);
  }

  /** Its name in reports, such as {@code submit-not-sent}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The message that is waited for. */
  public Call call() {
    return call;
  }

  /** Which way that message goes. */
  public Phase phase() {
    return phase;
  }

  /** What is done then. */
  public Strike strike() {
    return strike;
  }

  /** The services in which it can happen. */
  public List<Part> services() {
    return services;
  }

  /** Whether somebody dies. */
  public boolean kills() {
    return strike != Strike.CUT;
  }
}
