package org.hikae.device.transfer;

import java.util.List;
import org.hikae.device.AgentException;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;

/** The portal. */
public final class PortalKeyTransferRelay implements KeyTransferRelay {

  private final DevicePortalClient portal;

  public PortalKeyTransferRelay(DevicePortalClient portal) {
    this.portal = portal;
  }

  @Override
  public List<KeyTransferView> list() throws AgentException {
    return portal.keyTransfers();
  }

  @Override
  public void open(String transferId, OpenKeyTransfer request) throws AgentException {
    portal.openKeyTransfer(transferId, request);
  }

  @Override
  public KeyTransferView get(String transferId) throws AgentException {
    return portal.keyTransfer(transferId);
  }

  @Override
  public void say(String transferId, KeyTransferMessage message) throws AgentException {
    portal.sayInKeyTransfer(transferId, message);
  }
}
