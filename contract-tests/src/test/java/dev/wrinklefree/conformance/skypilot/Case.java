package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * One thing that the contract says.
 *
 * @param name what it says, in a few words; the key of the recording
 * @param observe asks a server and returns what it did, without what differs from call to call
 */
record Case(String name, Function<Server, JsonNode> observe) {}
