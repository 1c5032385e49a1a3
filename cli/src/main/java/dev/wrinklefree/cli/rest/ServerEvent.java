package dev.wrinklefree.cli.rest;

/**
 * One server-sent event.
 *
 * @param id the event's id, with which a stream can be resumed; "" if it has none
 * @param name its name; "message" if it has none
 * @param data its lines, joined by line breaks
 */
public record ServerEvent(String id, String name, String data) {}
