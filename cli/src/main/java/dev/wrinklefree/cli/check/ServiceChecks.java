package dev.wrinklefree.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Pending;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the services say of themselves and of what they need. */
public final class ServiceChecks {

  private final Services services;
  private final Map<Service, Readiness> readiness = new EnumMap<>(Service.class);
  private final Map<Service, Pending> checks = new EnumMap<>(Service.class);

  /** Asks them all at once. */
  public ServiceChecks(Services services) {
    this.services = services;
    for (Service service : Service.values()) {
      readiness.put(service, new Readiness(services, service));
      checks.put(service, services.ask(service, "/checks"));
    }
  }

  /** Their answers, service by service. */
  public List<Finding> findings() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Service service : Service.values()) {
      addReadiness(service, findings);
      addChecks(service, findings);
    }
    return findings;
  }

  private void addReadiness(Service service, List<Finding> findings) throws InterruptedException {
    String where = service.serviceName();
    Readiness asked = readiness.get(service);
    if (asked == null) {
      throw new IllegalStateException("not asked: " + where);
    }
    try {
      Readiness.Health health = asked.health();
      findings.add(
          health.ready()
              ? Finding.ok(where, "ready", services.addresses().url(service).toString())
              : Finding.failed(
                  where, "ready", "not ready: " + health.why(), "Read the log of " + where + "."));
    } catch (WfException e) {
      // The port of health and metrics is often closed to people; whether it serves is seen below.
      findings.add(
          Finding.unknown(
              where,
              "ready",
              String.valueOf(e.getMessage()),
              "Its health port is asked at WF_" + service.name() + "_HEALTH_URL."));
    }
  }

  private void addChecks(Service service, List<Finding> findings) throws InterruptedException {
    String where = service.serviceName();
    Pending asked = checks.get(service);
    if (asked == null) {
      throw new IllegalStateException("not asked: " + where);
    }
    try {
      Optional<JsonNode> answer = asked.find();
      if (answer.isEmpty()) {
        findings.add(
            Finding.unknown(where, "checks", "it checks nothing itself", "Upgrade " + where + "."));
      } else {
        for (JsonNode check : answer.get().path("checks")) {
          findings.add(
              new Finding(
                  where,
                  check.path("name").asText(),
                  Finding.Status.of(check.path("status").asText()),
                  check.path("detail").asText(""),
                  check.path("advice").asText("")));
        }
      }
    } catch (WfException e) {
      findings.add(
          e.exitCode() == ExitCode.DENIED
              ? Finding.unknown(where, "checks", String.valueOf(e.getMessage()), "")
              : Finding.failed(where, "checks", e));
    }
  }
}
