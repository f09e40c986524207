package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.LocalAddressCheck;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.runtime.service.Settings;

/**
 * Keeps administrators from having the portal talk to what listens on its own machine only. Who
 * sets the environment may do so.
 */
@ApplicationScoped
public class DestinationGuard {

  @Inject private Settings settings;

  /**
   * Lets a connection be made to where administrators say. A name may mean something else a moment
   * later: who connects without asking for a certificate of that name connects to the address that
   * is returned.
   *
   * @return the first of the host's addresses, all of which were looked at
   * @throws DeliveryException when there is no such host, or one of its addresses is of this
   *     machine or link-local
   */
  public InetAddress require(String host) throws DeliveryException {
    return require(host, settings.noticesToThisMachine());
  }

  static InetAddress require(String host, boolean toThisMachine) throws DeliveryException {
    try {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      for (InetAddress address : addresses) {
        if (!toThisMachine && isHere(address)) {
          throw new DeliveryException(DeliveryFailure.LOCAL_ADDRESS);
        }
      }
      return addresses[0];
    } catch (UnknownHostException e) {
      throw new DeliveryException(DeliveryFailure.UNKNOWN_HOST);
    } catch (SocketException e) {
      throw new DeliveryException(DeliveryFailure.UNREACHABLE);
    }
  }

  private static boolean isHere(InetAddress address) throws SocketException {
    return LocalAddressCheck.isLocal(address) || NetworkInterface.getByInetAddress(address) != null;
  }
}
