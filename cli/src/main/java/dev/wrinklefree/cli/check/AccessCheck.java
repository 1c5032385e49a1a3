package dev.wrinklefree.cli.check;

import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;

/** What the person's own token is good for. */
public final class AccessCheck {

  /**
   * No run can have this id, so that cancelling it changes nothing; but the service says first
   * whether the person could.
   */
  private static final String NO_RUN = "/launches/-";

  private final Services services;

  /** Asks launch-service. */
  public AccessCheck(Services services) {
    this.services = services;
  }

  /** Whether the token is taken, and what its role may do. */
  public Finding finding() throws InterruptedException {
    try {
      int looking = services.status(Service.LAUNCH, "GET", "/launches?limit=1");
      return switch (looking) {
        case 200 -> role();
        case 401 ->
            Finding.failed(
                "you",
                "token",
                "launch-service does not take it",
                "Set WF_TOKEN or WF_TOKEN_FILE, or put it into ~/.config/wf/token.");
        case 403 ->
            Finding.failed(
                "you", "token", "it has no role", "Ask for one: viewer, launcher or admin.");
        default -> Finding.unknown("you", "token", "HTTP status " + looking, "");
      };
    } catch (WfException e) {
      return Finding.unknown("you", "token", "launch-service cannot be asked", "");
    }
  }

  private Finding role() throws InterruptedException {
    return switch (services.status(Service.LAUNCH, "DELETE", NO_RUN)) {
      case 404 -> Finding.ok("you", "token", "may launch, and cancel your own runs");
      case 403 ->
          Finding.unknown(
              "you",
              "token",
              "may look, not launch or cancel",
              "To launch, ask for the role launcher.");
      default -> Finding.ok("you", "token", "may look");
    };
  }
}
