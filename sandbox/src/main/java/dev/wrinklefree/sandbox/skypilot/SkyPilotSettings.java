package dev.wrinklefree.sandbox.skypilot;

import static java.util.Objects.requireNonNull;

import dev.wrinklefree.sandbox.skypilot.job.JobProgram;
import dev.wrinklefree.sandbox.skypilot.job.JobTimings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the stand-in of the SkyPilot API server is started with.
 *
 * @param host address to listen on
 * @param port TCP port to listen on; 0 takes any free one
 * @param stateDirectory where jobs, their logs and their working directories are kept; created when
 *     missing
 * @param timings how long the simulated steps of a job take
 * @param jobVariables environment variables set for every job, for what a real cloud machine would
 *     have by itself; a task's own {@code envs} win over them
 * @param secrets values of the secrets that a task may name with a null value; never recorded
 * @param authentication what a caller has to prove
 * @param heartbeat silence in a log stream after which a heartbeat line is sent; SkyPilot uses 30 s
 * @param program what all jobs run in place of their scripts; null for the scripts themselves
 */
public record SkyPilotSettings(
    String host,
    int port,
    Path stateDirectory,
    JobTimings timings,
    Map<String, String> jobVariables,
    Map<String, String> secrets,
    Authentication authentication,
    Duration heartbeat,
    @Nullable JobProgram program) {

  /** Port of a SkyPilot API server started with its defaults. */
  public static final int DEFAULT_PORT = 46580;

  public SkyPilotSettings {
    requireNonNull(host, "host is null");
    requireNonNull(stateDirectory, "stateDirectory is null");
    requireNonNull(timings, "timings is null");
    jobVariables = Map.copyOf(jobVariables);
    secrets = Map.copyOf(secrets);
    requireNonNull(authentication, "authentication is null");
    requireNonNull(heartbeat, "heartbeat is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is not within 0..65535: " + port);
    }
  }

  /**
   * Loopback, any free port, no authentication, no secrets, the default timings.
   *
   * @param stateDirectory where jobs are kept
   */
  public static SkyPilotSettings in(Path stateDirectory) {
    return new SkyPilotSettings(
        "127.0.0.1",
        0,
        stateDirectory,
        JobTimings.defaults(),
        Map.of(),
        Map.of(),
        new Authentication.None(),
        Duration.ofSeconds(30),
        null);
  }

  /** The same settings at another address. */
  public SkyPilotSettings withAddress(String newHost, int newPort) {
    return new SkyPilotSettings(
        newHost,
        newPort,
        stateDirectory,
        timings,
        jobVariables,
        secrets,
        authentication,
        heartbeat,
        program);
  }

  /** The same settings with other durations. */
  public SkyPilotSettings withTimings(JobTimings newTimings) {
    return new SkyPilotSettings(
        host,
        port,
        stateDirectory,
        newTimings,
        jobVariables,
        secrets,
        authentication,
        heartbeat,
        program);
  }

  /** The same settings with one more environment variable for every job. */
  public SkyPilotSettings withJobVariable(String name, String value) {
    return new SkyPilotSettings(
        host,
        port,
        stateDirectory,
        timings,
        plus(jobVariables, name, value),
        secrets,
        authentication,
        heartbeat,
        program);
  }

  /** The same settings with one more secret that tasks may name. */
  public SkyPilotSettings withSecret(String name, String value) {
    return new SkyPilotSettings(
        host,
        port,
        stateDirectory,
        timings,
        jobVariables,
        plus(secrets, name, value),
        authentication,
        heartbeat,
        program);
  }

  /** The same settings with another authentication. */
  public SkyPilotSettings withAuthentication(Authentication newAuthentication) {
    return new SkyPilotSettings(
        host,
        port,
        stateDirectory,
        timings,
        jobVariables,
        secrets,
        newAuthentication,
        heartbeat,
        program);
  }

  /** The same settings with another silence before a heartbeat. */
  public SkyPilotSettings withHeartbeat(Duration newHeartbeat) {
    return new SkyPilotSettings(
        host,
        port,
        stateDirectory,
        timings,
        jobVariables,
        secrets,
        authentication,
        newHeartbeat,
        program);
  }

  /** The same settings with a program for all jobs. */
  public SkyPilotSettings withProgram(JobProgram newProgram) {
    return new SkyPilotSettings(
        host,
        port,
        stateDirectory,
        timings,
        jobVariables,
        secrets,
        authentication,
        heartbeat,
        newProgram);
  }

  /** Names only: the values of variables and secrets stay out of logs. */
  @Override
  public String toString() {
    return "SkyPilotSettings[%s:%d, %s, variables %s, secrets %s]"
        .formatted(host, port, stateDirectory, jobVariables.keySet(), secrets.keySet());
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return copy;
  }
}
