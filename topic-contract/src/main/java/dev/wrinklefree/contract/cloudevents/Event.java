package dev.wrinklefree.contract.cloudevents;

import dev.wrinklefree.contract.event.EventData;

/**
 * An event: its attributes and what it says.
 *
 * @param attributes CloudEvents attributes
 * @param data what it says
 */
public record Event<D extends EventData>(EventAttributes attributes, D data) {}
