package org.hikae.notice.service;

import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.runtime.control.ChannelAddress;

/** A way out of the portal. Sending is done outside of any transaction and ends in bounded time. */
public interface NoticeTransport {

  /** Whether environment or administrators name an address for it. */
  boolean isConfigured();

  /**
   * Sends; when it returns, the other side has taken it.
   *
   * @throws DeliveryException when it has not, or nobody can tell
   */
  void send(OutgoingMessage outgoingMessage) throws DeliveryException;

  /**
   * Sends by settings that an administrator tries.
   *
   * @param tried of this channel
   * @throws DeliveryException when it was not taken, or nobody can tell
   */
  void send(OutgoingMessage outgoingMessage, ChannelAddress tried) throws DeliveryException;
}
