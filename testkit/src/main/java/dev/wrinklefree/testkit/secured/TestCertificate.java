package dev.wrinklefree.testkit.secured;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for the loopback address that signs itself, made by the JDK's keytool.
 *
 * @param keyStore PKCS12 with the key
 * @param trusted PEM with the certificate
 */
record TestCertificate(Path keyStore, Path trusted) {

  private static final String ALIAS = "broker";

  static TestCertificate create(Path directory, String password)
      throws IOException, InterruptedException {
    TestCertificate certificate =
        new TestCertificate(directory.resolve("broker.p12"), directory.resolve("broker.pem"));
    certificate.keytool(
        password,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-validity",
        "2");
    certificate.keytool(password, "-exportcert", "-rfc", "-file", certificate.trusted().toString());
    return certificate;
  }

  void delete() throws IOException {
    Files.deleteIfExists(keyStore);
    Files.deleteIfExists(trusted);
    Files.deleteIfExists(keyStore.getParent());
  }

  private void keytool(String password, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias",
            ALIAS,
            "-keystore",
            keyStore.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            password));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}
