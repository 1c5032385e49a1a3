package dev.wrinklefree.skypilot.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** An HTTP exchange that ended without a response; {@link #stage()} says how far it got. */
public final class TransportFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** How far an exchange got. */
  public enum Stage {
    /** No byte of the request left: there was no connection. */
    NOT_SENT,
    /** The request may have arrived; no complete response came in time. */
    TIMED_OUT,
    /** The request may have arrived; the connection broke. */
    BROKEN,
    /** The calling thread was interrupted, and still is. */
    INTERRUPTED,
    /** The client was closed before the request was sent. */
    CLOSED
  }

  private final Stage stage;

  TransportFailure(Stage stage, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
  }

  static TransportFailure of(Throwable cause) {
    Stage stage = beforeSending(cause) ? Stage.NOT_SENT : Stage.BROKEN;
    String reason = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new TransportFailure(stage, cause.getClass().getSimpleName() + reason, cause);
  }

  private static boolean beforeSending(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnresolvedAddressException
        || cause instanceof SSLHandshakeException;
  }

  /** How far the exchange got. */
  public Stage stage() {
    return stage;
  }

  /** The failure's text; never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
