package org.hikae.vault.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A receipt of the vault, as it sent it. */
@Entity
@Table(name = "vault_receipt")
public class VaultReceipt {

  @Id
  @Column(name = "code", updatable = false)
  private String code;

  @Column(name = "seq", updatable = false)
  private long seq;

  @Column(name = "employee", updatable = false)
  private String employee;

  @Column(name = "receipt", updatable = false)
  private byte[] receipt;

  /** For the persistence provider. */
  protected VaultReceipt() {}

  /**
   * A receipt to keep.
   *
   * @param code the chain's code, hexadecimal
   * @param seq number in the vault's ledger
   * @param employee the vault's name for the employee, hexadecimal
   * @param receipt its bytes
   */
  public VaultReceipt(String code, long seq, String employee, byte[] receipt) {
    this.code = code;
    this.seq = seq;
    this.employee = employee;
    this.receipt = receipt.clone();
  }

  /** The chain's code, hexadecimal. */
  public String code() {
    return code;
  }

  /** Number in the vault's ledger. */
  public long seq() {
    return seq;
  }

  /** The vault's name for the employee, hexadecimal. */
  public String employee() {
    return employee;
  }

  /** Its bytes. */
  public byte[] receipt() {
    return receipt.clone();
  }
}
