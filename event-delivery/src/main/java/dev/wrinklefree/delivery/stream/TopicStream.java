package dev.wrinklefree.delivery.stream;

/**
 * One topic as it is streamed.
 *
 * @param window its newest events
 * @param tail fills the window
 */
record TopicStream(TopicWindow window, TopicTail tail) {}
