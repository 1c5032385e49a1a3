package dev.wrinklefree.cost.api;

import dev.wrinklefree.cost.estimate.UnknownProfileException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers errors as {@code application/problem+json}. */
class ProblemMapper {

  private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMapper.class);

  /** RFC 9110; not in JAX-RS's list. */
  private static final int UNPROCESSABLE = 422;

  private static final String UNPROCESSABLE_TITLE = "Unprocessable Content";

  @ServerExceptionMapper
  Response badQuery(BadQueryException e, UriInfo request) {
    return response(
        Problem.of(UNPROCESSABLE, UNPROCESSABLE_TITLE, message(e), request.getPath())
            .because(List.of(e.violation())));
  }

  @ServerExceptionMapper
  Response unknownProfile(UnknownProfileException e, UriInfo request) {
    return response(
        Problem.of(UNPROCESSABLE, UNPROCESSABLE_TITLE, message(e), request.getPath())
            .because(e.violations()));
  }

  @ServerExceptionMapper
  Response unknownRun(UnknownRunException e, UriInfo request) {
    return response(Status.NOT_FOUND, message(e), request);
  }

  /** What the framework refuses itself: unknown paths, methods and media types. */
  @ServerExceptionMapper
  Response refused(WebApplicationException e, UriInfo request) {
    return response(e.getResponse().getStatusInfo(), message(e), request);
  }

  @ServerExceptionMapper
  Response failed(RuntimeException e, UriInfo request) {
    LOGGER.atError().addKeyValue("path", request.getPath()).setCause(e).log("Request failed");
    return response(Status.INTERNAL_SERVER_ERROR, "The request could not be answered.", request);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static Response response(Response.StatusType status, String detail, UriInfo request) {
    return response(
        Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, request.getPath()));
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
