package dev.wrinklefree.monitor;

import dev.wrinklefree.monitor.script.ScriptedSkyPilotResource;
import dev.wrinklefree.monitor.script.ScriptedWandbResource;
import dev.wrinklefree.testkit.KafkaResource;
import dev.wrinklefree.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code @QuarkusTest}: the platform, and a SkyPilot and a W&amp;B that say what the test
 * tells them to.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ScriptedSkyPilotResource.class)
@QuarkusTestResource(ScriptedWandbResource.class)
@interface WithScriptedSkyPilot {}
