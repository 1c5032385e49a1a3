package dev.wrinklefree.bench.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results as a JSON document: {@code at}, {@code machine}, {@code rows} and {@code
 * notMeasured}. A row has {@code suite}, {@code size}, {@code what}, {@code unit}, {@code samples},
 * and where there is a peer {@code peer}, {@code ratio}, {@code goal} and {@code met}. Samples are
 * {@code median}, {@code least}, {@code most} and the {@code values} of the runs.
 */
public final class ResultsDocument {

  private ResultsDocument() {}

  /** The document's fields, ready for a JSON writer. */
  public static Map<String, Object> of(Results results) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("at", results.at().toString());
    document.put("machine", results.machine());
    List<Map<String, Object>> rows = results.rows().stream().map(ResultsDocument::row).toList();
    document.put("rows", rows);
    document.put("notMeasured", results.notHad());
    return document;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("suite", row.suite());
    fields.put("size", row.size());
    fields.put("what", row.what());
    fields.put("unit", row.unit().symbol());
    fields.put("samples", samples(row.samples()));
    row.peer()
        .ifPresent(
            peer -> {
              Map<String, Object> other = new LinkedHashMap<>();
              other.put("name", peer.name());
              other.put("samples", samples(peer.samples()));
              fields.put("peer", other);
              peer.goal().ifPresent(goal -> fields.put("goal", goal.toString()));
            });
    row.ratio().ifPresent(ratio -> fields.put("ratio", samples(ratio)));
    row.meetsGoal().ifPresent(met -> fields.put("met", met));
    return fields;
  }

  private static Map<String, Object> samples(Samples samples) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("median", samples.median());
    fields.put("least", samples.least());
    fields.put("most", samples.most());
    fields.put("values", samples.values());
    return fields;
  }
}
