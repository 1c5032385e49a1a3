package dev.wrinklefree.testkit.secured;

import dev.wrinklefree.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service on a {@link SecuredBroker}, with nothing but the rights of the shipped list. */
public abstract class SecuredKafkaProfile implements QuarkusTestProfile {

  private final String service;
  private final List<Class<? extends QuarkusTestResourceLifecycleManager>> others;

  /**
   * @param service its name, which is its user
   * @param others what it needs beside broker and database
   */
  protected SecuredKafkaProfile(
      String service, List<Class<? extends QuarkusTestResourceLifecycleManager>> others) {
    this.service = service;
    this.others = List.copyOf(others);
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    List<TestResourceEntry> resources = new ArrayList<>();
    resources.add(new TestResourceEntry(PostgresResource.class));
    resources.add(
        new TestResourceEntry(
            SecuredKafkaResource.class, Map.of(SecuredKafkaResource.USER, service)));
    others.forEach(other -> resources.add(new TestResourceEntry(other)));
    return resources;
  }
}
