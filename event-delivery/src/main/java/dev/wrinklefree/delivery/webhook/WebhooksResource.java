package dev.wrinklefree.delivery.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.Problems;
import dev.wrinklefree.rest.access.Caller;
import dev.wrinklefree.rest.access.Roles;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Subscriptions of addresses to the events that this service tells. */
@Path("/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public class WebhooksResource {

  private static final String PING = "dev.wrinklefree.webhook.ping.v1";
  private static final int ID_BYTES = 12;
  private static final Pattern WEBHOOK_ID = Pattern.compile("wh-[0-9a-f]{24}");
  private static final Pattern DELIVERY_ID = Pattern.compile("msg_[0-9a-f]{32}");

  private final WebhookConfig config;
  private final SubscriptionRepository subscriptions;
  private final DeliveryRepository deliveries;
  private final ReceiverPublisher receivers;
  private final SecretBox secrets;
  private final Caller caller;
  private final Clock clock;
  private final ObjectMapper mapper;
  private final String application;
  private final SecureRandom random = new SecureRandom();

  WebhooksResource(
      WebhookConfig config,
      SubscriptionRepository subscriptions,
      DeliveryRepository deliveries,
      ReceiverPublisher receivers,
      SecretBox secrets,
      Caller caller,
      Clock clock,
      ObjectMapper mapper,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.config = config;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.receivers = receivers;
    this.secrets = secrets;
    this.caller = caller;
    this.clock = clock;
    this.mapper = mapper;
    this.application = application;
  }

  /**
   * Webhooks.
   *
   * @param webhooks newest first
   */
  public record Webhooks(List<WebhookView> webhooks) {}

  /**
   * Dead letters.
   *
   * @param deadLetters newest first
   */
  public record DeadLetters(List<DeadLetterView> deadLetters) {}

  /**
   * What a ping brought.
   *
   * @param delivered whether the receiver acknowledged it with a status from 200 to 299
   * @param answer the status, or why there is none
   * @param millis how long it took
   */
  public record Ping(boolean delivered, String answer, long millis) {}

  /**
   * A new secret.
   *
   * @param secret shown here and never again
   * @param formerUntil until then every delivery is signed with the former one as well
   */
  public record Rotated(String secret, Instant formerUntil) {
    @Override
    public String toString() {
      return "rotated";
    }
  }

  /**
   * What will be sent again.
   *
   * @param redelivered how many dead letters
   */
  public record Redelivered(int redelivered) {}

  /** Creates one. Its secret is in the answer, and nowhere afterwards. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Subscribe an address to events, of one run or of all")
  public Response create(@Nullable WebhookBody body) {
    WebhookBody given = body == null ? new WebhookBody(null, null, null, null, null) : body;
    WebhookRequest request = new WebhookRequest(given, () -> WebhookSecret.generate(random));
    if (!request.violations().isEmpty()) {
      throw invalid(request.violations());
    }
    requirePublic(request.url());
    if (!secrets.hasKey()) {
      throw Problems.of("webhooks-not-configured", "Webhooks are not configured", 503)
          .withDetail("The operator has to set wf.webhooks.key, which encrypts their secrets.")
          .build();
    }
    if (subscriptions.countOf(caller.principal()) >= config.maxPerOwner()) {
      throw Problems.of("too-many-webhooks", "Too many webhooks", 409)
          .withDetail("You have " + config.maxPerOwner() + " webhooks here; delete one first.")
          .build();
    }
    Subscription subscription =
        new Subscription(
            "wh-" + randomHex(),
            caller.principal(),
            request.url(),
            given.runId(),
            given.types() == null ? List.of() : given.types(),
            given.description(),
            now());
    subscriptions.add(subscription, secrets.close(request.secret(), subscription.id()));
    return Response.created(URI.create("/webhooks/" + subscription.id()))
        .entity(mine(subscription.id()).withSecret(request.secret()))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** The caller's own; everybody's for an admin. */
  @GET
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Your webhooks, newest first; an admin's answer has everybody's")
  public Webhooks list(@RestQuery @Nullable String runId, @RestQuery @Nullable String limit) {
    Parameters parameters = new Parameters();
    int most = parameters.limit(limit);
    @Nullable String run = parameters.runId(runId).map(RunId::value).orElse(null);
    parameters.check();
    String owner = caller.isAdmin() ? null : caller.principal();
    return new Webhooks(subscriptions.newest(owner, run, most));
  }

  /** One. */
  @GET
  @Path("/{id}")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "One webhook and how its deliveries go")
  public WebhookView get(@RestPath String id) {
    return mine(id);
  }

  /** Ends one, with all that is on its way to it. */
  @DELETE
  @Path("/{id}")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "End a webhook, with its pending deliveries and dead letters")
  public void delete(@RestPath String id) {
    subscriptions.delete(mine(id).id());
  }

  /** Gives it another secret. */
  @POST
  @Path("/{id}/rotate")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Make a new secret; the former one signs as well for a while")
  public Response rotate(@RestPath String id) {
    WebhookView webhook = mine(id);
    WebhookSecret secret = WebhookSecret.generate(random);
    Instant until = now().plus(config.formerSecretLifetime());
    subscriptions.rotate(webhook.id(), secrets.close(secret, webhook.id()), until);
    return Response.ok(new Rotated(secret.text(), until))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** Sends a signed event that says nothing, once, and tells how it went. */
  @POST
  @Path("/{id}/ping")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @RunOnVirtualThread // waits for the receiver
  @Operation(summary = "Send a signed test event now, and tell what the receiver answers")
  public Ping ping(@RestPath String id) throws InterruptedException, JsonProcessingException {
    WebhookView webhook = mine(id);
    WebhookSecret secret = secrets.open(subscriptions.secret(webhook.id()), webhook.id());
    String message = "msg_ping" + randomHex();
    String body =
        mapper.writeValueAsString(
            Map.of(
                "specversion",
                "1.0",
                "id",
                message,
                "source",
                "/" + application + "/webhooks",
                "type",
                PING,
                "time",
                now().toString(),
                "datacontenttype",
                "application/json",
                "data",
                Map.of("webhook", webhook.id())));
    long begun = System.nanoTime();
    Attempt attempt =
        receivers.send(TargetUrl.parse(webhook.url()), message, List.of(secret), body);
    boolean delivered = attempt instanceof Attempt.Answered answer && answer.isAcknowledged();
    return new Ping(
        delivered, attempt.words(), Duration.ofNanos(System.nanoTime() - begun).toMillis());
  }

  /** What was given up. */
  @GET
  @Path("/{id}/dead-letters")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Events that were given up, newest first")
  public DeadLetters deadLetters(@RestPath String id, @RestQuery @Nullable String limit) {
    int most = Parameters.onlyLimit(limit);
    return new DeadLetters(deliveries.deadLetters(mine(id).id(), most));
  }

  /** Sends all of them again. */
  @POST
  @Path("/{id}/dead-letters/redeliver")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Send all dead letters again, in order")
  public Response redeliverAll(@RestPath String id) {
    return redeliver(mine(id), "");
  }

  /** Sends one of them again. */
  @POST
  @Path("/{id}/dead-letters/{deliveryId}/redeliver")
  @RolesAllowed({Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Send one dead letter again, under its own id")
  public Response redeliverOne(@RestPath String id, @RestPath String deliveryId) {
    WebhookView webhook = mine(id);
    if (!DELIVERY_ID.matcher(deliveryId).matches()) {
      throw unknownDeadLetter();
    }
    return redeliver(webhook, deliveryId);
  }

  private Response redeliver(WebhookView webhook, String deliveryId) {
    if (webhook.disabledAt() != null) {
      throw Problems.of("webhook-disabled", "The webhook is disabled", 409)
          .withDetail("Its receiver answered 410 Gone. Create another one.")
          .build();
    }
    int count = deliveries.redeliver(webhook.id(), deliveryId, now());
    if (count == 0 && !deliveryId.isEmpty()) {
      throw unknownDeadLetter();
    }
    return Response.accepted(new Redelivered(count)).build();
  }

  private static HttpProblem unknownDeadLetter() {
    return Problems.of("unknown-dead-letter", "Unknown dead letter", 404)
        .withDetail("This webhook has no such dead letter.")
        .build();
  }

  /** One that the caller may see: nobody learns of what is another's. */
  private WebhookView mine(String id) {
    return Optional.of(id)
        .filter(text -> WEBHOOK_ID.matcher(text).matches())
        .flatMap(subscriptions::find)
        .filter(webhook -> caller.isAdmin() || webhook.owner().equals(caller.principal()))
        .orElseThrow(
            () ->
                Problems.of("unknown-webhook", "Unknown webhook", 404)
                    .withDetail("You have no webhook of that id.")
                    .build());
  }

  /** Early, for a good answer; every delivery judges for itself, since names change. */
  private void requirePublic(TargetUrl url) {
    if (config.allowPrivateAddresses()) {
      return;
    }
    try {
      if (!Arrays.stream(InetAddress.getAllByName(url.host())).allMatch(AddressRule::isPublic)) {
        throw invalid(
            List.of(
                new Violation("url", "not-public", "must be of a host on the public internet")));
      }
    } catch (UnknownHostException e) {
      throw invalid(List.of(new Violation("url", "unknown-host", "has a host without address")));
    }
  }

  private static HttpProblem invalid(List<Violation> violations) {
    return Problems.of("invalid-webhook", "The webhook is not valid", 422)
        .with(Problems.VIOLATIONS, List.copyOf(violations))
        .build();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private String randomHex() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
