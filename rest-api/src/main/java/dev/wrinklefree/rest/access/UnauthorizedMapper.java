package dev.wrinklefree.rest.access;

import dev.wrinklefree.rest.Problems;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers a request whose sender is not known. The problem library's own mappers for it read a
 * field that Quarkus 3.33 no longer has, and end in an empty 500.
 */
public class UnauthorizedMapper {

  /** The library's are one before {@link Priorities#USER}. */
  private static final int BEFORE_THE_LIBRARY = Priorities.USER - 2;

  /** No token, or a static one that nobody has. */
  @ServerExceptionMapper(value = UnauthorizedException.class, priority = BEFORE_THE_LIBRARY)
  public Response unauthorized(RoutingContext context, UnauthorizedException refusal) {
    return answer(context, refusal);
  }

  /**
   * A token that OpenID Connect refuses: why is in the log at DEBUG, and nobody else's business.
   */
  @ServerExceptionMapper(value = AuthenticationFailedException.class, priority = BEFORE_THE_LIBRARY)
  public Response failed(RoutingContext context, AuthenticationFailedException refusal) {
    return answer(context, refusal);
  }

  private static Response answer(RoutingContext context, Throwable refusal) {
    HttpProblem problem =
        Problems.of("unauthorized", "Unauthorized", Status.UNAUTHORIZED.getStatusCode())
            .withDetail("A valid token is needed in the header 'Authorization: Bearer <token>'.")
            .withHeader(HttpHeaders.WWW_AUTHENTICATE, Challenge.to(context.request()))
            .build();
    return ExceptionMapperBase.postProcessorsRegistry
        .applyPostProcessing(problem, ProblemContext.of(refusal, context.normalizedPath()))
        .toResponse();
  }
}
