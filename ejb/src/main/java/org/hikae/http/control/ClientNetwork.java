package org.hikae.http.control;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What counts as one caller before anybody has signed in: an address of IPv4, or the 64 bits of
 * IPv6 within which one line may take any address.
 *
 * @param name the address, or the hexadecimal digits of what all of the line's addresses share
 */
public record ClientNetwork(String name) {

  private static final int LINE_BYTES = 8;

  /** That of a connection's other end. */
  public static ClientNetwork of(InetSocketAddress source) {
    InetAddress address = source.getAddress();
    if (address == null) {
      return new ClientNetwork(source.getHostString());
    }
    return new ClientNetwork(
        address instanceof Inet6Address
            ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), LINE_BYTES))
            : address.getHostAddress());
  }
}
