package dev.wrinklefree.monitor.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as a problem. */
class ProblemMapper {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMapper.class);
  private static final int SERVER_ERROR = 500;

  @ServerExceptionMapper
  Response ours(ProblemException e, UriInfo uri) {
    Response.ResponseBuilder answer = answer(e.problem(), uri);
    e.retryAfter().ifPresent(pause -> answer.header(HttpHeaders.RETRY_AFTER, pause.toSeconds()));
    return answer.build();
  }

  @ServerExceptionMapper
  Response theFrameworks(WebApplicationException e, UriInfo uri) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    String kind = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    return answer(Problem.of(kind, status.getReasonPhrase(), status.getStatusCode(), null), uri)
        .build();
  }

  @ServerExceptionMapper
  Response unexpected(RuntimeException e, UriInfo uri) {
    LOGGER.atError().setCause(e).addKeyValue("path", uri.getPath()).log("Request failed");
    return answer(
            Problem.of(
                "internal-error",
                "Internal server error",
                SERVER_ERROR,
                "The service's log has the cause."),
            uri)
        .build();
  }

  private static Response.ResponseBuilder answer(Problem problem, UriInfo uri) {
    return Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .entity(problem.at(uri.getPath()));
  }
}
