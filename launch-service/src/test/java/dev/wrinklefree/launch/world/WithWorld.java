package dev.wrinklefree.launch.world;

import dev.wrinklefree.testkit.KafkaResource;
import dev.wrinklefree.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a {@code @QuarkusTest}: a real broker, a real PostgreSQL, and SkyPilot's stand-in. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(WorldResource.class)
public @interface WithWorld {}
