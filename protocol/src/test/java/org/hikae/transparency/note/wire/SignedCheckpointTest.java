package org.hikae.transparency.note.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.wire.MerkleHasher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checkpoints, and what witnesses say of them (HK1-X-05, HK1-X-06). */
class SignedCheckpointTest {

  private static final String ORIGIN = "portal.example/log";
  private static final Instant TIME = Instant.ofEpochSecond(1_800_000_000);
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(ORIGIN, 7, MerkleHasher.leaf(new byte[] {7}));

  private static NoteSigner log;
  private static NoteSigner witness;
  private static NoteSigner other;

  @BeforeAll
  static void make_keys() throws Exception {
    log = signer(ORIGIN, NoteKeyType.ED25519);
    witness = signer("works-council.example/witness", NoteKeyType.COSIGNATURE);
    other = signer("partner.example/witness", NoteKeyType.COSIGNATURE);
  }

  private static NoteSigner signer(String name, NoteKeyType type) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = pair.getPublic().getEncoded();
    NoteKey key = NoteKey.of(name, type, Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    return new NoteSigner(key, message -> sign(pair.getPrivate(), message));
  }

  private static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private static SignedNote signed(Checkpoint checkpoint) throws Exception {
    return new SignedNote(checkpoint.text(), List.of(log.sign(checkpoint.text())));
  }

  private static SignedCheckpoint open(SignedNote note) throws Exception {
    return SignedCheckpoint.open(
        note.encode(), ORIGIN, log.key(), List.of(witness.key(), other.key()));
  }

  @Test
  void a_checkpoint_of_the_log_is_opened() throws Exception {
    SignedNote note = signed(CHECKPOINT);
    SignedCheckpoint opened = open(note);
    assertThat(opened.checkpoint()).isEqualTo(CHECKPOINT);
    assertThat(opened.cosignatures()).isEmpty();
    assertThat(opened.bytes()).isEqualTo(note.encode());
  }

  /** So that who adds lines on the way does not make one end look like many. */
  @Test
  void the_logs_own_bytes_are_the_same_whatever_stands_beside_its_signature() throws Exception {
    SignedNote note = signed(CHECKPOINT);
    SignedNote more =
        note.with(witness.cosign(CHECKPOINT.text(), TIME))
            .with(new NoteSignature("somebody.example", 7, new byte[] {1}));
    assertThat(open(more).ownBytes()).isEqualTo(note.encode());
    assertThat(open(more).bytes()).isEqualTo(more.encode());
  }

  @Test
  void witnesses_are_named_with_their_times() throws Exception {
    String text = CHECKPOINT.text();
    SignedNote note =
        signed(CHECKPOINT)
            .with(other.cosign(text, TIME.plusSeconds(1)))
            .with(witness.cosign(text, TIME.plusMillis(900)))
            .with(witness.cosign(text, TIME.plusSeconds(60)));
    assertThat(open(note).cosignatures())
        .containsExactly(
            new Cosignature(other.key(), TIME.plusSeconds(1)),
            new Cosignature(witness.key(), TIME));
    assertThat(SignedCheckpoint.open(note.encode(), ORIGIN, log.key(), List.of()).cosignatures())
        .isEmpty();
  }

  @Test
  void a_witness_does_not_stand_for_the_log() throws Exception {
    String text = CHECKPOINT.text();
    SignedNote note = new SignedNote(text, List.of(witness.cosign(text, TIME)));
    refused(note, NoteSignatureException.class);
    assertThatThrownBy(() -> SignedCheckpoint.open(note.encode(), ORIGIN, witness.key(), List.of()))
        .isInstanceOf(NoteSignatureException.class);
  }

  /** A time that was not signed would let a portal make an old word look new. */
  @Test
  void every_bit_of_a_cosignature_is_signed() throws Exception {
    NoteSignature good = witness.cosign(CHECKPOINT.text(), TIME);
    assertThat(good.signature()).hasSize(72);
    for (int at = 0; at < 72; at++) {
      byte[] bytes = good.signature();
      bytes[at] ^= (byte) 0x80;
      refused(
          signed(CHECKPOINT).with(new NoteSignature(good.name(), good.keyId(), bytes)),
          NoteSignatureException.class);
    }
  }

  /** Also when the witness itself has signed that time. */
  @Test
  void a_time_before_1970_is_none() throws Exception {
    String text = CHECKPOINT.text();
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = pair.getPublic().getEncoded();
    NoteKey key =
        NoteKey.of(
            "w.example",
            NoteKeyType.COSIGNATURE,
            Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    for (long time : new long[] {0, -1}) {
      byte[] signature = sign(pair.getPrivate(), NoteKey.message(key.type(), text, time));
      byte[] timed = ByteBuffer.allocate(72).putLong(time).put(signature).array();
      assertThat(key.hasSigned(text, new NoteSignature(key.name(), key.id(), timed)))
          .as("%d", time)
          .isEqualTo(time == 0);
    }
  }

  @Test
  void a_cosignature_is_of_one_checkpoint() throws Exception {
    Checkpoint next = new Checkpoint(ORIGIN, 8, MerkleHasher.leaf(new byte[] {8}));
    refused(
        signed(next).with(witness.cosign(CHECKPOINT.text(), TIME)), NoteSignatureException.class);
  }

  @Test
  void a_signature_of_a_note_is_no_cosignature_and_the_reverse() throws Exception {
    assertThatThrownBy(() -> log.cosign(CHECKPOINT.text(), TIME))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> witness.sign(CHECKPOINT.text()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> witness.cosign(CHECKPOINT.text(), Instant.ofEpochSecond(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_private_key_of_somebody_else_signs_nothing() {
    NoteSigner mixed = new NoteSigner(log.key(), message -> new byte[NoteKey.SIGNATURE_BYTES]);
    assertThatThrownBy(() -> mixed.sign(CHECKPOINT.text()))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void a_checkpoint_of_another_log_is_refused() throws Exception {
    Checkpoint foreign = new Checkpoint("portal.example/log2", 7, CHECKPOINT.root());
    refused(signed(foreign), NoteSignatureException.class);
  }

  @Test
  void extensions_are_signed_too_and_kept() throws Exception {
    Checkpoint extended =
        new Checkpoint(ORIGIN, 7, CHECKPOINT.root(), List.of("one word", "\u4e8c"));
    assertThat(open(signed(extended)).checkpoint()).isEqualTo(extended);
    refused(
        new SignedNote(extended.text(), signed(CHECKPOINT).signatures()),
        NoteSignatureException.class);
  }

  private static void refused(SignedNote note, Class<? extends Exception> by) {
    assertThatThrownBy(() -> open(note)).isInstanceOf(by);
  }

  /** The sizes of the last rows are of the tests of transparency-dev/formats. */
  @Test
  void another_form_is_no_checkpoint() {
    String root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    for (String bad :
        List.of(
            "",
            "\n",
            "log\n",
            "log\n1\n",
            "log\n1\n" + root.strip(),
            "\n1\n" + root,
            "log\n\n" + root,
            "log\n01\n" + root,
            "log\n+1\n" + root,
            "log\n 1\n" + root,
            "log\n1 \n" + root,
            "log\n0\n" + root,
            "log\n\u0661\n" + root,
            "log\n9223372036854775808\n" + root,
            "log\n1\n" + root + "\n",
            "log\n1\n" + root + "one\n\ntwo\n",
            "log\n1\n" + root.replace("=", ""),
            "log\n1\n" + root.replace("q2I=", "q2J="),
            "log\n1\nCsUY\n",
            "log\n1\n\n",
            "lo\tg\n1\n" + root,
            "log\nbananas\n" + root,
            "log\n-34\n" + root,
            "log\n3438945738945739845734895735\n" + root,
            "log\n123\nThisIsn'tBase64\n")) {
      assertThatThrownBy(() -> Checkpoint.parse(bad))
          .as(bad)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void a_root_of_another_length_is_refused_as_one() {
    assertThatThrownBy(() -> Checkpoint.parse("log\n1\nCsUY\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("The root must have 32 bytes.");
  }

  @Test
  void the_example_of_the_specification_is_read() throws Exception {
    String text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    Checkpoint checkpoint = Checkpoint.parse(text);
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20_852_163);
    assertThat(checkpoint.text()).isEqualTo(text);
    assertThat(Checkpoint.parse("log\n9223372036854775807\n" + text.split("\n", 3)[2]).size())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void an_empty_log_has_one_root() throws Exception {
    Checkpoint empty = new Checkpoint(ORIGIN, 0, MerkleHasher.EMPTY_ROOT);
    assertThat(Checkpoint.parse(empty.text())).isEqualTo(empty);
    for (Runnable bad :
        List.<Runnable>of(
            () -> new Checkpoint(ORIGIN, 0, Hash256.ZERO),
            () -> new Checkpoint(ORIGIN, -1, MerkleHasher.EMPTY_ROOT),
            () -> new Checkpoint("", 1, Hash256.ZERO),
            () -> new Checkpoint("a\nb", 1, Hash256.ZERO),
            () -> new Checkpoint(ORIGIN, 1, Hash256.ZERO, List.of("")))) {
      assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void bytes_that_are_no_note_are_refused() {
    assertThatThrownBy(
            () ->
                SignedCheckpoint.open(
                    CHECKPOINT.text().getBytes(StandardCharsets.UTF_8),
                    ORIGIN,
                    log.key(),
                    List.of()))
        .isInstanceOf(MalformedException.class);
  }
}
