package dev.wrinklefree.checkpoint.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers errors as {@code application/problem+json}. */
class ProblemMapper {

  private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMapper.class);

  @ServerExceptionMapper
  Response badQuery(BadQueryException e, UriInfo request) {
    Status status = Status.BAD_REQUEST;
    return response(
        Problem.of(
            status.getStatusCode(),
            status.getReasonPhrase(),
            String.valueOf(e.getMessage()),
            request.getPath(),
            e.violations()));
  }

  @ServerExceptionMapper
  Response noCheckpoint(NoCheckpointException e, UriInfo request) {
    return response(Status.NOT_FOUND, String.valueOf(e.getMessage()), request);
  }

  /** What the framework refuses itself: unknown paths, methods and media types. */
  @ServerExceptionMapper
  Response refused(WebApplicationException e, UriInfo request) {
    Response.StatusType status = e.getResponse().getStatusInfo();
    return response(
        Problem.of(
            status.getStatusCode(),
            status.getReasonPhrase(),
            String.valueOf(e.getMessage()),
            request.getPath()));
  }

  @ServerExceptionMapper
  Response failed(RuntimeException e, UriInfo request) {
    LOGGER.atError().addKeyValue("path", request.getPath()).setCause(e).log("Request failed");
    return response(Status.INTERNAL_SERVER_ERROR, "The request could not be answered.", request);
  }

  private static Response response(Status status, String detail, UriInfo request) {
    return response(
        Problem.of(status.getStatusCode(), status.getReasonPhrase(), detail, request.getPath()));
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
