package dev.wrinklefree.sandbox.skypilot.request;

import static java.util.Objects.requireNonNull;

/** A request that was taken and then failed: the client sees it as a 500 of {@code /api/get}. */
public final class RequestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * @param type Python class name of the error, such as {@code ValueError}
   * @param message text for a person
   */
  public RequestFailedException(String type, String message) {
    super(message);
    this.type = requireNonNull(type, "type is null");
  }

  /** A {@code ValueError}, which SkyPilot raises for most bad input. */
  public static RequestFailedException valueError(String message) {
    return new RequestFailedException("ValueError", message);
  }

  /** A task that does not keep to SkyPilot's schema. */
  public static RequestFailedException badSchema(String message) {
    return new RequestFailedException("InvalidSkyPilotConfigError", message);
  }

  /** Something that SkyPilot can do and this stand-in cannot. */
  public static RequestFailedException notSupported(String message) {
    return new RequestFailedException("NotSupportedError", message);
  }

  /** Python class name of the error. */
  public String type() {
    return type;
  }
}
