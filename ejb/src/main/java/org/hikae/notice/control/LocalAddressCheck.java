package org.hikae.notice.control;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells addresses of this machine, and link-local ones, from those of others. */
public final class LocalAddressCheck {

  private LocalAddressCheck() {}

  /**
   * Whether a packet to it goes no further than its link: loopback, link-local (such as the
   * metadata services of clouds), multicast, and what stands for any address. Private addresses are
   * a company's own, and so are allowed.
   */
  public static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet6Address six
            && six.isIPv4CompatibleAddress()
            && isLocal(embedded(six)))
        || (!(address instanceof Inet6Address) && address.getAddress()[0] == 0);
  }

  private static InetAddress embedded(Inet6Address address) {
    byte[] bytes = address.getAddress();
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address.", e);
    }
  }
}
