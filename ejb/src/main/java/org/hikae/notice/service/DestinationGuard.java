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
   * Lets a connection be made to where administrators say. Java keeps what a name meant for half a
   * minute, so the connection goes to the addresses that were looked at.
   *
   * @throws DeliveryException when there is no such host, or one of its addresses is of this
   *     machine or its network segment
   */
  public void require(String host) throws DeliveryException {
    require(host, settings.noticesToThisMachine());
  }

  static void require(String host, boolean toThisMachine) throws DeliveryException {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!toThisMachine && isHere(address)) {
          throw new DeliveryException(DeliveryFailure.LOCAL_ADDRESS);
        }
      }
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
