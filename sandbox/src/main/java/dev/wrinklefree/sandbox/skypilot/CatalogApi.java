package dev.wrinklefree.sandbox.skypilot;

import dev.wrinklefree.sandbox.skypilot.catalog.PriceCatalog;
import dev.wrinklefree.sandbox.skypilot.catalog.PriceQuery;
import dev.wrinklefree.sandbox.skypilot.request.ApiRequest;
import dev.wrinklefree.sandbox.skypilot.request.RequestFailedException;
import dev.wrinklefree.sandbox.skypilot.request.RequestTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code /list_accelerators}: what machines cost, by SkyPilot's catalogue. */
final class CatalogApi {

  private final PriceCatalog catalog;
  private final RequestTable requests;

  CatalogApi(PriceCatalog catalog, RequestTable requests) {
    this.catalog = catalog;
    this.requests = requests;
  }

  HttpAnswer listAccelerators(HttpCall call, Optional<Caller> authenticated) {
    BodyFields fields = BodyFields.parse(call.body());
    String name = fields.text("name_filter");
    String region = fields.text("region_filter");
    Integer quantity = fields.integer("quantity_filter");
    List<String> clouds = fields.texts("clouds");
    boolean allRegions = fields.flag("all_regions");
    boolean caseSensitive = fields.flagOrTrue("case_sensitive");
    fields.flagOrTrue("gpus_only");
    fields.flagOrTrue("require_price");
    Optional<Map<String, String>> variables = fields.variables("env_vars");
    fields.check();
    Caller caller = Caller.of(authenticated, variables);
    return new HttpAnswer.Accepted(
        requests.submit(
            new ApiRequest.Description(
                "sky.list_accelerators",
                caller.id(),
                caller.name(),
                ApiRequest.ScheduleType.SHORT,
                fields.body()),
            () ->
                catalog.answer(
                    new PriceQuery(
                        expression(name, caseSensitive),
                        expression(region, caseSensitive),
                        quantity,
                        clouds,
                        allRegions))));
  }

  private static @Nullable Pattern expression(@Nullable String text, boolean caseSensitive) {
    try {
      return text == null
          ? null
          : Pattern.compile(text, caseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw RequestFailedException.valueError("not a regular expression: " + text);
    }
  }
}
