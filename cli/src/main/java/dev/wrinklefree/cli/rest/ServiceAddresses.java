package dev.wrinklefree.cli.rest;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the services are: environment first ({@code WF_LAUNCH_URL}, {@code WF_LAUNCH_HEALTH_URL},
 * …), then {@code launch.url}, {@code launch.health.url}, … in {@code
 * ~/.config/wf/config.properties}, then this machine's default ports.
 */
public final class ServiceAddresses {

  private final Map<String, String> environment;
  private final Properties file;

  /**
   * @param environment the process's environment
   * @param file settings by file, may be empty
   */
  public ServiceAddresses(Map<String, String> environment, Properties file) {
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /** Reads the settings file of the person whose environment this is, if there is one. */
  public static ServiceAddresses of(Map<String, String> environment) {
    Properties properties = new Properties();
    Path path = configDirectory(environment).resolve("config.properties");
    if (Files.isReadable(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new WfException(ExitCode.USAGE, "cannot read " + path + ": " + e.getMessage());
      }
    }
    return new ServiceAddresses(environment, properties);
  }

  /** Where a person's settings of wf are. */
  static Path configDirectory(Map<String, String> environment) {
    String configHome =
        environment.getOrDefault(
            "XDG_CONFIG_HOME", environment.getOrDefault("HOME", ".") + "/.config");
    return Path.of(configHome, "wf");
  }

  /** Base address of the service's REST endpoints, without a trailing slash. */
  public URI url(Service service) {
    return address(service, ".url", service.defaultUrl());
  }

  /** Base address of the service's health endpoints, without a trailing slash. */
  public URI healthUrl(Service service) {
    return address(service, ".health.url", service.defaultHealthUrl());
  }

  /**
   * Any setting: by environment, such as {@code WF_KAFKA_PROPERTIES}, then by file, such as {@code
   * kafka.properties}.
   *
   * @param property its name in the file
   */
  public Optional<String> setting(String property) {
    String variable = "WF_" + property.replace('.', '_').toUpperCase(Locale.ROOT);
    return Optional.ofNullable(environment.getOrDefault(variable, file.getProperty(property)))
        .map(String::strip);
  }

  private URI address(Service service, String suffix, String byDefault) {
    String property = service.setting() + suffix;
    String variable = "WF_" + property.replace('.', '_').toUpperCase(Locale.ROOT);
    String value =
        environment.getOrDefault(variable, file.getProperty(property, byDefault)).strip();
    try {
      URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if (uri.getHost() == null
          || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw new IllegalArgumentException("it is no http or https address");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new WfException(ExitCode.USAGE, variable + " is \"" + value + "\": " + e.getMessage());
    }
  }
}
