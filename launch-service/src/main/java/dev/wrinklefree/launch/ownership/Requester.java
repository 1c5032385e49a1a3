package dev.wrinklefree.launch.ownership;

/**
 * Who made a request, proven by a token or by the gateway that a topic's ACL lets write.
 *
 * @param principal whose run a launch makes
 * @param admin whether it may cancel the runs of others
 */
public record Requester(String principal, boolean admin) {}
