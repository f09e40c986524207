package org.hikae.enrollment.transfer.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;

/** What one of the two devices of a transfer told the other; never changed. */
@Entity
@Table(name = "key_transfer_message")
public class RelayedMessage {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "message_id")
  private Long messageId;

  @Column(name = "transfer_id", updatable = false)
  private String transferId;

  @Column(name = "number", updatable = false)
  private int number;

  @Enumerated(EnumType.STRING)
  @Column(name = "step", updatable = false)
  private KeyTransferStep step;

  @Column(name = "body", updatable = false)
  private byte[] body;

  /** For the persistence provider. */
  protected RelayedMessage() {}

  /**
   * A message of a transfer.
   *
   * @param number from 1
   */
  public RelayedMessage(String transferId, int number, KeyTransferStep step, byte[] body) {
    this.transferId = transferId;
    this.number = number;
    this.step = step;
    this.body = body.clone();
  }

  /** The how manieth of its transfer. */
  public int number() {
    return number;
  }

  /** What it is. */
  public KeyTransferStep step() {
    return step;
  }

  /** What it says, which only the two devices know. */
  public byte[] body() {
    return body.clone();
  }
}
