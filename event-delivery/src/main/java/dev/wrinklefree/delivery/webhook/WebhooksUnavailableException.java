package dev.wrinklefree.delivery.webhook;

import java.sql.SQLException;

/** The database did not take or give what belongs to webhooks. */
final class WebhooksUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WebhooksUnavailableException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
