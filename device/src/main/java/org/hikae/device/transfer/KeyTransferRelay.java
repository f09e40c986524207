package org.hikae.device.transfer;

import java.util.List;
import org.hikae.device.AgentException;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;

/**
 * Who carries messages between two devices. A port, and not trusted: whatever it does, the devices
 * either come to the same key or to none.
 */
public interface KeyTransferRelay {

  /** What is asked for now by devices of the employee. */
  List<KeyTransferView> list() throws AgentException;

  /** Asks. */
  void open(String transferId, OpenKeyTransfer request) throws AgentException;

  /** A transfer with its messages. */
  KeyTransferView get(String transferId) throws AgentException;

  /** Says something to the other device. */
  void say(String transferId, KeyTransferMessage message) throws AgentException;
}
