package dev.wrinklefree.sandbox.gcs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Content that is being uploaded: in a file of its own that nobody sees, with running checksums.
 */
final class Draft implements Closeable {

  private final Path file;
  private final OutputStream out;
  private final CRC32C crc32c = new CRC32C();
  private final MessageDigest md5 = md5();
  private long size;

  private Draft(Path file) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file);
  }

  static Draft in(Path directory) throws IOException {
    return new Draft(Files.createTempFile(directory, "upload-", ".part"));
  }

  /** Appends all that can be read; what was read before a failure stays appended. */
  void append(InputStream content) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      out.write(buffer, 0, read);
      crc32c.update(buffer, 0, read);
      md5.update(buffer, 0, read);
      size += read;
    }
  }

  long size() {
    return size;
  }

  /** Ends the writing. */
  Checksums finish() throws IOException {
    out.close();
    byte[] crc = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c.getValue()).array();
    return new Checksums(encode(crc), encode(md5.digest()));
  }

  /** Hands the file over under another name. */
  void moveTo(Path target) throws IOException {
    Files.move(file, target);
  }

  /** Deletes what was not handed over. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }

  /** The two checksums that the API states, in Base64. */
  record Checksums(String crc32c, String md5Hash) {}

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
