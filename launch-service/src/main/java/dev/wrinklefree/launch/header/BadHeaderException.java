package dev.wrinklefree.launch.header;

import java.io.Serial;

/** A header that is not what it must be; the message names the key's path. */
public final class BadHeaderException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  BadHeaderException(String path, String reason) {
    super(path + " " + reason);
  }
}
