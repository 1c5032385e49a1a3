package dev.wrinklefree.delivery.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses are the public internet's, by the registries of RFC 6890 and its successors. */
final class AddressRule {

  private AddressRule() {}

  /** Whether whoever asks us to connect there could as well do it alone. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address ignored -> isPublic4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
      case Inet6Address ignored -> isPublic6(bytes);
      default -> false;
    };
  }

  private static boolean isPublic4(int a, int b, int c) {
    return a != 0 // this network
        && a != 10 // private
        && a < 224 // multicast, reserved, broadcast
        && !(a == 100 && b >= 64 && b < 128) // carriers' shared space, some clouds' metadata
        && !(a == 172 && b >= 16 && b < 32)
        && !(a == 192 && b == 168)
        && !(a == 169 && b == 254)
        && !(a == 192 && b == 0 && c == 0) // protocol assignments
        && !(a == 192 && b == 0 && c == 2) // documentation
        && !(a == 198 && (b == 18 || b == 19)) // benchmarks
        && !(a == 198 && b == 51 && c == 100)
        && !(a == 203 && b == 0 && c == 113);
  }

  /** Global unicast only, and of it nothing that stands for an IPv4 address: 6to4, Teredo. */
  private static boolean isPublic6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    return (first & 0xe000) == 0x2000
        && first != 0x2002
        && !(first == 0x2001 && second < 0x0200)
        && !(first == 0x2001 && second == 0x0db8)
        && first != 0x3fff;
  }
}
