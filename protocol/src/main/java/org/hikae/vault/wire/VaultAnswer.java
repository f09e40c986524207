package org.hikae.vault.wire;

import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed to the device: the reply, and how far the ledger has come (spec HK1-V-04,
 * HK1-V-20).
 *
 * @param reply the reply
 * @param head the ledger's head; null when the vault cannot say, because it does not serve
 */
public record VaultAnswer(VaultReply reply, @Nullable LedgerHead head) {

  private static final byte[] NO_HEAD = new byte[0];

  /** The bytes to seal. */
  public byte[] encode() {
    return Transcript.fields()
        .add(head == null ? NO_HEAD : head.encode())
        .add(reply.encode())
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static VaultAnswer parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    byte[] head = in.atMost("head", LedgerHead.MAX_BYTES);
    VaultReply reply = VaultReply.parse(in.atMost("reply", Hk1Constants.MAX_VAULT_MESSAGE_BYTES));
    in.end();
    return new VaultAnswer(reply, head.length == 0 ? null : LedgerHead.parse(head));
  }
}
