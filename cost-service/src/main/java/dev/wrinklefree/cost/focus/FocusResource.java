package dev.wrinklefree.cost.focus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.wrinklefree.cost.ledger.LedgerRepository;
import dev.wrinklefree.rest.Parameters;
import dev.wrinklefree.rest.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Charges for whoever pays, in the columns of FOCUS 1.2. */
@Path("/exports/focus")
@Tag(name = "exports")
public class FocusResource {

  /** How many intervals have no row in a CSV export, since their price is unknown. */
  static final String UNPRICED_HEADER = "Unpriced-Intervals";

  private static final String CSV = "text/csv";

  private static final CsvMapper CSV_MAPPER =
      CsvMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(String.class, new CellSerializer()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private final LedgerRepository ledger;
  private final FocusExporter exporter;
  private final Clock clock;

  /** Exports {@code ledger} as of {@code clock}. */
  public FocusResource(LedgerRepository ledger, FocusConfig config, Clock clock) {
    this.ledger = ledger;
    this.exporter = new FocusExporter(config.billingAccount());
    this.clock = clock;
  }

  /**
   * Charges as JSON.
   *
   * @param from RFC 3339, inclusive; the start of this month where it is absent
   * @param to RFC 3339, exclusive; now where it is absent or later
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Charges of a time in the columns of FOCUS 1.2, as JSON")
  public FocusExport json(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
    return export(from, to);
  }

  /** The same as CSV, with the columns' names in the first line. */
  @GET
  @Produces(CSV)
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(summary = "Charges of a time in the columns of FOCUS 1.2, as CSV")
  public Response csv(@RestQuery @Nullable String from, @RestQuery @Nullable String to)
      throws JsonProcessingException {
    FocusExport export = export(from, to);
    String text =
        CSV_MAPPER
            .writer(CSV_MAPPER.schemaFor(FocusRow.class).withHeader())
            .writeValueAsString(export.rows());
    return Response.ok(text, CSV)
        .header(UNPRICED_HEADER, export.unpriced().size())
        .header("Content-Disposition", "attachment; filename=\"focus.csv\"")
        .build();
  }

  private FocusExport export(@Nullable String from, @Nullable String to) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant monthStart =
        YearMonth.from(now.atZone(ZoneOffset.UTC))
            .atDay(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    Parameters parameters = new Parameters();
    Instant begin = instant(parameters, "from", from, monthStart);
    Instant end = instant(parameters, "to", to, now);
    parameters.check();
    if (!begin.isBefore(end)) {
      parameters.refuse("to", "not-after-from", "must be after from, which is " + begin);
      parameters.check();
    }
    Instant last = end.isAfter(now) ? now : end;
    return exporter.export(ledger.withMachines(begin, last), begin, last);
  }

  private static Instant instant(
      Parameters parameters, String name, @Nullable String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeParseException e) {
      parameters.refuse(name, "malformed-time", "must be a time such as 2026-11-01T00:00:00Z");
      return otherwise;
    }
  }
}
