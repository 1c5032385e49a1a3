package dev.wrinklefree.contract.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event whose attributes are sound and whose data is JSON, but not yet checked against its type.
 * A request is read in this form, so that what is wrong in it can be answered field by field.
 *
 * @param attributes CloudEvents attributes
 * @param data a JSON object
 */
public record RawEvent(EventAttributes attributes, JsonNode data) {}
