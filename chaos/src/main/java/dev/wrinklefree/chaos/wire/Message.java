package dev.wrinklefree.chaos.wire;

/**
 * A piece of a conversation that is relayed as a whole or not at all.
 *
 * @param call what it is for
 * @param phase which way it goes
 * @param subject what it is about, where that is told: the prefix of a listing; else empty
 * @param bytes as they are on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // Relayed and dropped, never compared.
public record Message(Call call, Phase phase, String subject, byte[] bytes) {

  /** One that is about nothing in particular. */
  Message(Call call, Phase phase, byte[] bytes) {
    this(call, phase, "", bytes);
  }
}
