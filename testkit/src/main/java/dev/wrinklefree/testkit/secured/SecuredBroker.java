package dev.wrinklefree.testkit.secured;

import dev.wrinklefree.sandbox.kafka.ContractTopics;
import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.awaitility.Awaitility;

/**
 * Apache Kafka with TLS, SASL/PLAIN and its own authorizer, all topics of the contract, and exactly
 * the shipped ACLs. Users are the four services and {@link #ADMIN}.
 */
public final class SecuredBroker implements Closeable {

  /** May do everything. */
  public static final String ADMIN = "admin";

  private static final List<String> SERVICES =
      List.of("launch-service", "monitor-service", "checkpoint-service", "cost-service");
  private static final String PASSWORD = "test-password";
  private static final String LOGIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  private final KafkaBroker broker;
  private final TestCertificate certificate;

  private SecuredBroker(KafkaBroker broker, TestCertificate certificate) {
    this.broker = broker;
    this.certificate = certificate;
  }

  /** Starts one. */
  public static SecuredBroker start() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("wrinklefree-tls");
    TestCertificate certificate = TestCertificate.create(directory, PASSWORD);
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    // Kafka finds some of its parts by the thread's class loader, which may be another than that of
    // the broker, or of the client, under Quarkus.
    thread.setContextClassLoader(KafkaBroker.class.getClassLoader());
    try {
      SecuredBroker started =
          new SecuredBroker(
              KafkaBroker.start(
                  new KafkaBrokerSettings(0, null, List.of(), properties(certificate))),
              certificate);
      started.prepare();
      return started;
    } finally {
      thread.setContextClassLoader(former);
    }
  }

  /** Settings of a client that is that user, by Kafka's own names. */
  public Map<String, String> clientOf(String user) {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN_MODULE + "username=\"" + user + "\" password=\"" + PASSWORD + "\";",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        certificate.trusted().toString());
  }

  @Override
  public void close() throws IOException {
    broker.close();
    certificate.delete();
  }

  private void prepare() throws IOException, InterruptedException {
    Thread.currentThread().setContextClassLoader(Admin.class.getClassLoader());
    try (Admin admin = Admin.create(new HashMap<>(clientOf(ADMIN)))) {
      ContractTopics.create(admin);
      List<AclBinding> wanted = AccessList.shipped().bindings();
      admin.createAcls(wanted).all().get();
      // The controller has them; the broker asks its own copy, which follows.
      Awaitility.await()
          .until(
              () ->
                  admin.describeAcls(AclBindingFilter.ANY).values().get().size() == wanted.size());
    } catch (ExecutionException e) {
      throw new IOException("the broker refused its topics or ACLs", e);
    }
  }

  private static Map<String, String> properties(TestCertificate certificate) {
    String users =
        Stream.concat(Stream.of(ADMIN), SERVICES.stream())
            .map(user -> "user_" + user + "=\"" + PASSWORD + "\"")
            .collect(Collectors.joining(" "));
    Map<String, String> properties = new HashMap<>();
    properties.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    properties.put("sasl.enabled.mechanisms", "PLAIN");
    properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    properties.put(
        "listener.name.clients.plain.sasl.jaas.config",
        LOGIN_MODULE + "username=\"admin\" password=\"" + PASSWORD + "\" " + users + ";");
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.location", certificate.keyStore().toString());
    properties.put("ssl.keystore.password", PASSWORD);
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", certificate.trusted().toString());
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller's own listener is in this process only, and has no names.
    properties.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    return properties;
  }
}
