package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * What the owner of a set may order without a login (spec HK1-V-18). The owner key signs {@link
 * #transcript}; the reply is a {@link Receipt}.
 *
 * @param order what to do
 * @param argument HAND_OVER: the new owner key; else empty
 * @param nonce {@link StatusDone#orderNonce()}: an order serves once
 * @param ownerSignature 64 bytes
 */
public record OwnerOrder(Order order, byte[] argument, Hash256 nonce, byte[] ownerSignature) {

  /** What may be ordered. */
  public enum Order {
    /** Stop all attempts at once, for seven days. */
    FREEZE(1),
    /** Allow attempts again. */
    UNFREEZE(2),
    /** Delete the record; announced, and done when it is due. */
    DELETE(3),
    /** Call off what is announced. */
    VETO(4),
    /** Give the set another owner key. */
    HAND_OVER(5);

    private final int number;

    Order(int number) {
      this.number = number;
    }

    /** The number on the wire. */
    public int number() {
      return number;
    }

    /** Longest argument, in bytes: a key for {@link #HAND_OVER}, else nothing. */
    int maxArgumentBytes() {
      return this == HAND_OVER ? Hk1Constants.MAX_SPKI_BYTES : 0;
    }

    static Order of(int number) throws MalformedException {
      for (Order order : values()) {
        if (order.number == number) {
          return order;
        }
      }
      throw new MalformedException("Order " + number + " is unknown.");
    }
  }

  /** Copies the arrays. */
  public OwnerOrder {
    argument = argument.clone();
    ownerSignature = ownerSignature.clone();
  }

  @Override
  public byte[] argument() {
    return argument.clone();
  }

  @Override
  public byte[] ownerSignature() {
    return ownerSignature.clone();
  }

  /**
   * What the owner key signs.
   *
   * @param employee {@link LedgerEntry#employeeOf}
   */
  public static Transcript transcript(
      Order order, String tenant, Hash256 employee, byte[] setId, byte[] argument, Hash256 nonce) {
    return Transcript.of("owner order")
        .addU8(order.number())
        .add(tenant)
        .add(employee.toBytes())
        .add(setId)
        .add(argument)
        .add(nonce.toBytes());
  }

  /** The payload's bytes. */
  public byte[] encode() {
    return Transcript.fields()
        .addU8(order.number())
        .add(argument)
        .add(nonce.toBytes())
        .add(ownerSignature)
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static OwnerOrder parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    Order order = Order.of(in.u8("order"));
    OwnerOrder message =
        new OwnerOrder(
            order,
            in.atMost("argument", order.maxArgumentBytes()),
            Hash256.of(in.exactly("nonce", Hk1Constants.HASH_BYTES)),
            in.exactly("ownerSignature", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return message;
  }
}
