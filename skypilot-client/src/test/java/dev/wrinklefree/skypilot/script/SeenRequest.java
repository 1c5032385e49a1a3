package dev.wrinklefree.skypilot.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;

/** A request as the scripted server received it. */
public record SeenRequest(String method, String uri, Headers headers, JsonNode body) {}
