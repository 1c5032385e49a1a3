package dev.wrinklefree.conformance.gcs;

import static dev.wrinklefree.conformance.gcs.Bucket.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;

/** The three ways to upload. */
final class UploadCases {

  /** Every piece of a resumable upload but the last is a multiple of this. */
  private static final int GRANULE = 256 * 1024;

  private static final String PIECE = "a".repeat(GRANULE);

  private UploadCases() {}

  static List<Case> all() {
    return List.of(
        new Case(
            "an upload of bytes alone",
            b ->
                Seen.object(
                    b.upload("uploadType=media&name=a.pt", "weights", "Content-Type", "x/y"))),
        new Case(
            "an upload without a name",
            b -> Seen.status(b.upload("uploadType=media", "weights", "Content-Type", "x/y"))),
        new Case(
            "an upload to a bucket that is missing",
            b ->
                Seen.reason(
                    b.missing()
                        .upload("uploadType=media&name=a", "weights", "Content-Type", "x/y"))),
        new Case(
            "an upload of bytes and what they are",
            b ->
                Seen.object(
                    multipart(b, "{\"name\": \"a.pt\", \"metadata\": {\"step\": \"10\"}}"))),
        new Case(
            "an upload with the line ends and quotes of gsutil",
            b -> Seen.object(multipart(b, "{\"name\": \"a.pt\"}", "\n"))),
        new Case(
            "an upload whose checksum is right",
            b -> Seen.object(multipart(b, "{\"name\": \"a.pt\", \"crc32c\": \"ASL5lg==\"}"))),
        new Case(
            "an upload that was damaged on the way",
            b -> {
              ObjectNode seen = Bucket.seen();
              seen.set(
                  "answer",
                  Seen.status(multipart(b, "{\"name\": \"a.pt\", \"crc32c\": \"AAAAAA==\"}")));
              seen.set("then", Seen.status(b.get(object("a.pt"))));
              return seen;
            }),
        new Case("an upload in pieces is not seen before its end", UploadCases::inPieces),
        new Case(
            "an upload in one piece",
            b -> {
              HttpResponse<String> end = put(b, begin(b, ""), "weights", "bytes 0-6/7");
              return untyped(end);
            }),
        new Case(
            "an upload in pieces whose type is in a header",
            b -> {
              HttpResponse<String> begun =
                  b.upload("uploadType=resumable&name=a.pt", "{}", "X-Upload-Content-Type", "x/y");
              String session = begun.headers().firstValue("Location").orElse("");
              return Bucket.seen()
                  .set(
                      "type", Bucket.json(put(b, session, "w", "bytes 0-0/1")).path("contentType"));
            }),
        new Case(
            "an upload in one piece that says nothing of its size",
            b -> untyped(b.call("PUT", begin(b, ""), "weights"))),
        new Case(
            "an upload of no bytes in pieces", b -> untyped(put(b, begin(b, ""), "", "bytes */0"))),
        new Case(
            "how far an upload is that has no byte yet",
            b -> progress(put(b, begin(b, ""), "", "bytes */*"))),
        new Case(
            "how far an upload is whose size is not known",
            b -> {
              String session = begin(b, "");
              put(b, session, PIECE, "bytes 0-262143/*");
              return progress(put(b, session, "", "bytes */*"));
            }),
        new Case("an upload goes on where it broke off", UploadCases::goesOn),
        new Case(
            "an upload that has ended says so again",
            b -> {
              String session = begin(b, "");
              put(b, session, "weights", "bytes 0-6/7");
              return Seen.status(put(b, session, "", "bytes */7"));
            }),
        new Case(
            "an upload that is given up",
            b -> {
              String session = begin(b, "");
              put(b, session, PIECE, "bytes 0-%d/*".formatted(GRANULE - 1));
              ObjectNode seen = Bucket.seen();
              seen.set("answer", Seen.status(b.call("DELETE", session, "")));
              seen.set("then", Seen.status(b.get(object("a.pt"))));
              return seen;
            }),
        new Case(
            "a piece of an upload that was given up",
            b -> {
              String session = begin(b, "");
              b.call("DELETE", session, "");
              return Seen.status(put(b, session, "weights", "bytes 0-6/7"));
            }),
        new Case(
            "a piece of an upload that nobody began",
            b ->
                Seen.status(
                    b.call(
                        "PUT",
                        "http://any/upload/storage/v1/b/%s/o?uploadType=resumable&name=a&upload_id=no"
                            .formatted(b.name()),
                        "weights",
                        "Content-Range",
                        "bytes 0-6/7"))),
        new Case(
            "an upload in pieces only if it is new",
            b -> {
              b.put("a.pt", "old");
              ObjectNode seen = Bucket.seen();
              HttpResponse<String> begun = begun(b, "&ifGenerationMatch=0");
              // Google refuses at the beginning or at the end; a client has to expect both.
              HttpResponse<String> last =
                  begun.statusCode() == 200
                      ? put(
                          b,
                          begun.headers().firstValue("Location").orElse(""),
                          "new",
                          "bytes 0-2/3")
                      : begun;
              seen.set("answer", Seen.status(last));
              return seen.put("content", b.get(object("a.pt") + "?alt=media").body());
            }));
  }

  private static JsonNode inPieces(Bucket bucket) {
    ObjectNode seen = Bucket.seen();
    HttpResponse<String> begun = begun(bucket, "");
    seen.put("begun", begun.statusCode());
    String session = begun.headers().firstValue("Location").orElse("");
    seen.set("first", progress(put(bucket, session, PIECE, "bytes 0-262143/*")));
    seen.set("unseen", Seen.page(bucket.get("/o")));
    seen.set("missing", Seen.status(bucket.get(object("a.pt"))));
    seen.set("last", untyped(put(bucket, session, "end", "bytes 262144-262146/262147")));
    seen.set("seen", Seen.page(bucket.get("/o")));
    return seen;
  }

  private static JsonNode goesOn(Bucket bucket) {
    ObjectNode seen = Bucket.seen();
    String session = begin(bucket, "");
    put(bucket, session, PIECE, "bytes 0-262143/524289");
    seen.set("asked", progress(put(bucket, session, "", "bytes */524289")));
    put(bucket, session, PIECE, "bytes 262144-524287/524289");
    seen.set("again", progress(put(bucket, session, "", "bytes */524289")));
    seen.set("end", untyped(put(bucket, session, "z", "bytes 524288-524288/524289")));
    return seen;
  }

  /** What became of an upload in pieces; its type is a case of its own. */
  private static ObjectNode untyped(HttpResponse<String> answer) {
    ObjectNode seen = Seen.object(answer);
    seen.withObject("/object").remove("contentType");
    return seen;
  }

  private static ObjectNode progress(HttpResponse<String> answer) {
    return Seen.status(answer).put("range", answer.headers().firstValue("Range").orElse(""));
  }

  private static String begin(Bucket bucket, String condition) {
    return begun(bucket, condition)
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError("no session"));
  }

  private static HttpResponse<String> begun(Bucket bucket, String condition) {
    return bucket.upload(
        "uploadType=resumable&name=a.pt" + condition, "{\"contentType\": \"x/y\"}");
  }

  private static HttpResponse<String> put(
      Bucket bucket, String session, String piece, String range) {
    return bucket.call("PUT", session, piece, "Content-Range", range);
  }

  private static HttpResponse<String> multipart(Bucket bucket, String resource) {
    return multipart(bucket, resource, "\r\n");
  }

  private static HttpResponse<String> multipart(Bucket bucket, String resource, String lineEnd) {
    String body =
        String.join(
            lineEnd,
            "--cut",
            "Content-Type: application/json; charset=UTF-8",
            "",
            resource,
            "--cut",
            "Content-Type: x/y",
            "",
            "weights",
            "--cut--",
            "");
    return bucket.upload(
        "uploadType=multipart",
        body,
        "Content-Type",
        "multipart/related; boundary=" + (lineEnd.equals("\n") ? "'cut'" : "cut"));
  }
}
