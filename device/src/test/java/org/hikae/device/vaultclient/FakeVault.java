package org.hikae.device.vaultclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ServerChannel;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.AgentJson;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultRequest;
import org.jspecify.annotations.Nullable;

/**
 * A vault for one employee by the specification, in memory, without limits but the ten attempts and
 * what is announced; it can lie, lose replies and be set back.
 */
public final class FakeVault {

  private static final String TENANT = "demo";

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final SigningKey root = SigningKey.generate(random);
  private final SigningKey identity = SigningKey.generate(random);
  private final DhKeyPair channelKey = DhKeyPair.generate(group, random);
  private final FakeVaultLedger ledger = new FakeVaultLedger(TENANT, identity, random);
  private final FakeVaultAccount records;
  private final Map<VaultMessageType, Integer> lost = new EnumMap<>(VaultMessageType.class);
  private final Map<VaultMessageType, Integer> asked = new EnumMap<>(VaultMessageType.class);
  private UnaryOperator<byte[]> outer = reply -> reply;
  private final Map<VaultMessageType, UnaryOperator<byte[]>> payloads =
      new EnumMap<>(VaultMessageType.class);
  private final Map<VaultMessageType, Queue<VaultReply.Refused>> refusals =
      new EnumMap<>(VaultMessageType.class);
  private @Nullable VaultMessageType newCardBefore;
  private @Nullable VaultMessageType cutAt;
  private int cutAfter;
  private boolean cutBeforeDoing;
  private boolean down;
  private boolean headless;
  private final Set<VaultMessageType> dropped = EnumSet.noneOf(VaultMessageType.class);
  private @Nullable VaultMessageType dropsAfter;
  private long sequence = 1;
  private String rootName = "software";
  private AcceptedTokens acceptedTokens = AcceptedTokens.BOUND_TOKENS;
  private int tokensRefused;
  private Duration ahead = Duration.ZERO;
  private final Map<Hash256, SignedCard> signedCards = new ConcurrentHashMap<>();

  /** A new one. */
  public FakeVault() {
    records = new FakeVaultAccount(DhKeyPair.generate(group, random), identity, ledger, random);
  }

  /** One that goes on with what another one had. */
  public FakeVault(PresetVaultRecord given) throws CryptoException, MalformedException {
    records = new FakeVaultAccount(given.akeKeyPair(group), identity, ledger, random);
    records.holds(given);
  }

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /** Which access tokens it takes. */
  public enum AcceptedTokens {
    /** Those that are bound to the key that signs. */
    BOUND_TOKENS,
    /** Those, and those that are bound to no key. */
    ANY_TOKENS,
    /** Those that are bound to no key, as vaults did that knew no others. */
    PLAIN_TOKENS
  }

  /** What devices pin. */
  public String rootFingerprint() {
    return root.publicKey().fingerprint().hex();
  }

  /** From now on receipts of operations are changed before they are signed. */
  public void changeReceipts(UnaryOperator<LedgerEntry> change) {
    ledger.lie(change);
  }

  /** From now on replies are changed on their way. */
  public void changeReplies(UnaryOperator<byte[]> change) {
    outer = change;
  }

  /** From now on it answers such a message with another payload, sealed as ever. */
  public void changePayloads(VaultMessageType type, UnaryOperator<byte[]> change) {
    payloads.put(type, change);
  }

  /** Takes other tokens from now on. */
  public void takes(AcceptedTokens other) {
    acceptedTokens = other;
  }

  /** Its clock is ahead by so much, or behind. */
  public void ahead(Duration by) {
    ahead = by;
  }

  /** How many messages were refused for their token. */
  public int tokensRefused() {
    return tokensRefused;
  }

  /** Shows another card under the same sequence from now on. */
  public void showsAnotherCard() {
    rootName = "pkcs11";
  }

  /** Gives out the next card. */
  public void renews() {
    sequence++;
  }

  /** Shows a card with another sequence. */
  public void setSequence(long other) {
    sequence = other;
  }

  /** From now on nothing is answered, or again. */
  public void down(boolean now) {
    down = now;
  }

  /**
   * Goes down for good at the message of this kind that comes after {@code others} of it.
   *
   * @param before whether before it is done, or after it and without an answer
   */
  public void cut(VaultMessageType type, int others, boolean before) {
    cutAt = type;
    cutAfter = others;
    cutBeforeDoing = before;
  }

  /** From now on messages of this kind do not arrive, or again. */
  public void drops(VaultMessageType type, boolean now) {
    if (now) {
      dropped.add(type);
    } else {
      dropped.remove(type);
    }
  }

  /** Status arrives until a message of this kind was answered, and never again. */
  public void dropsStatusAfter(VaultMessageType type) {
    dropsAfter = type;
  }

  /** From now on answers have no head. */
  public void headless() {
    headless = true;
  }

  /** Does the next requests of this kind, and loses their replies. */
  public void loseReplies(VaultMessageType type, int count) {
    lost.put(type, count);
  }

  /** Refuses the next request of this kind so; asked twice, the one after it too. */
  public void refuseNext(VaultMessageType type, VaultReply.Refused refused) {
    refusals.computeIfAbsent(type, any -> new ArrayDeque<>()).add(refused);
  }

  /** Serves a new card from the next message of this kind on. */
  public void newCardBefore(VaultMessageType type) {
    newCardBefore = type;
  }

  /** Goes back to an older copy of the database. */
  public void setBack(int rows) {
    ledger.setBack(rows);
  }

  /** Lets time pass at the vault. */
  public void later(Duration duration) {
    records.later(duration);
  }

  /** Two administrators announce the deletion of the record. */
  public void announceByAdministrators(String issuer, String subject) {
    records.announceByAdministrators(issuer, subject);
  }

  /** Moves the witness of the newest series on, as if a newer snapshot had been withheld. */
  public void witnessNewer() {
    records.witnessNewer();
  }

  /** How many guesses were answered. */
  public int guesses() {
    return records.guesses();
  }

  /** The numbers of the newest witnessed snapshots, added. */
  public long witnessed() {
    return records.witnessed();
  }

  /** State of the record that Status shows. */
  public RecordState state() {
    return records.state();
  }

  /** How often a message came. */
  public int asked(VaultMessageType type) {
    return asked.getOrDefault(type, 0);
  }

  /** The signed card. */
  public byte[] card() {
    return signedCard().encode();
  }

  private SignedCard signedCard() {
    VaultCard card =
        new VaultCard(
            sequence,
            TENANT,
            identity.publicKey().encode(),
            channelKey.publicKey().encodeUncompressed(),
            records.akeKey(),
            rootName);
    // Each card is signed once: another signature would be another entry of the portal's log.
    return signedCards.computeIfAbsent(
        Hash256.sha256(card.signedBytes()),
        hash ->
            new SignedCard(
                card.signedBytes(), root.publicKey().encode(), root.sign(card.transcript())));
  }

  /** Answers one envelope; null when no answer comes. */
  public synchronized byte @Nullable [] answer(byte[] envelopeBytes) {
    if (down) {
      return null;
    }
    try {
      VaultEnvelope envelope = VaultEnvelope.parse(envelopeBytes);
      if (dropped.contains(envelope.type())) {
        return null;
      }
      asked.merge(envelope.type(), 1, Integer::sum);
      boolean cut = envelope.type() == cutAt && cutAfter-- == 0;
      down |= cut;
      if (cut && cutBeforeDoing) {
        return null;
      }
      if (envelope.type() == newCardBefore) {
        newCardBefore = null;
        sequence++;
      }
      if (envelope.cardSequence() != sequence) {
        return clear(VaultRefusal.UNKNOWN_CARD);
      }
      byte[] info = VaultEnvelope.channelInfo(envelope.type(), TENANT, signedCard());
      ServerChannel.OpenedRequest openedRequest =
          new ServerChannel(channelKey, random).open(info, new byte[0], envelope.sealed());
      VaultReply reply = reply(envelope.type(), VaultRequest.parse(openedRequest.request()));
      byte[] answer = new VaultAnswer(reply, headless ? null : ledger.head()).encode();
      byte[] sealed = new VaultReply.Outer(true, openedRequest.sealReply(answer)).encode();
      if (envelope.type() == dropsAfter) {
        dropped.add(VaultMessageType.STATUS);
      }
      int losses = lost.getOrDefault(envelope.type(), 0);
      lost.put(envelope.type(), losses - 1);
      return losses > 0 || cut ? null : outer.apply(sealed);
    } catch (MalformedException | CryptoException e) {
      return clear(VaultRefusal.MALFORMED);
    }
  }

  private static byte[] clear(VaultRefusal refusal) {
    return new VaultReply.Outer(false, VaultReply.Refused.of(refusal).encode()).encode();
  }

  private VaultReply reply(VaultMessageType type, VaultRequest request)
      throws MalformedException, CryptoException {
    VerifyingKey.decode(request.deviceKey())
        .verify(
            VaultRequest.transcript(
                type,
                signedCard(),
                request.issuedAtSeconds(),
                request.token(),
                request.setId(),
                request.lastHead(),
                request.payload()),
            request.signature());
    long age = Instant.now().plus(ahead).getEpochSecond() - request.issuedAtSeconds();
    if (Math.abs(age) > CLOCK_SKEW.toSeconds()) {
      return VaultReply.Refused.of(VaultRefusal.DEVICE_REFUSED);
    }
    if (ledger.seq() == 0) {
      FakeVaultAccount.FakeCaller nobody =
          new FakeVaultAccount.FakeCaller(FakeVaultLedger.NOBODY, new byte[16], new byte[16]);
      records.happens(VaultEvent.FOUNDED, nobody, Hash256.ZERO, Hash256.ZERO);
    }
    if (!takesTokenOf(request)) {
      tokensRefused++;
      return VaultReply.Refused.of(VaultRefusal.TOKEN_REFUSED);
    }
    if (request.lastHead().length > 0 && !ledger.contains(LedgerHead.parse(request.lastHead()))) {
      return VaultReply.Refused.of(VaultRefusal.SEALED);
    }
    VaultReply.Refused refused = refusals.getOrDefault(type, new ArrayDeque<>()).poll();
    if (refused != null) {
      return refused;
    }
    FakeVaultAccount.FakeCaller caller =
        new FakeVaultAccount.FakeCaller(
            employee(request.token()), request.setId(), TextCodec.deviceId(request.deviceKey()));
    records.settle(caller);
    try {
      byte[] payload = records.done(type, caller, request.payload());
      return new VaultReply.Done(
          payloads.getOrDefault(type, UnaryOperator.identity()).apply(payload));
    } catch (FakeVaultAccount.RefusedException refusedException) {
      return refusedException.refused;
    }
  }

  private boolean takesTokenOf(VaultRequest request) {
    if (!isBound(request.token())) {
      return acceptedTokens != AcceptedTokens.BOUND_TOKENS;
    }
    return acceptedTokens != AcceptedTokens.PLAIN_TOKENS
        && Map.of("jkt", thumbprint(request.deviceKey()))
            .equals(claims(request.token()).get("cnf"));
  }

  /** Whether a token, with whatever is before it, is bound to a key. */
  public static boolean isBound(String token) {
    return claims(token).containsKey("cnf");
  }

  /** The JWK SHA-256 thumbprint (RFC 7638) of a key in its encoding. */
  public static String thumbprint(byte[] key) {
    String jwk =
        "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\""
            + TextCodec.base64(Arrays.copyOfRange(key, key.length - 64, key.length - 32))
            + "\",\"y\":\""
            + TextCodec.base64(Arrays.copyOfRange(key, key.length - 32, key.length))
            + "\"}";
    return TextCodec.base64(Hash256.sha256(jwk.getBytes(StandardCharsets.US_ASCII)).toBytes());
  }

  private static Hash256 employee(String token) {
    Map<?, ?> claims = claims(token);
    return LedgerEntry.employeeOf(
        TENANT, String.valueOf(claims.get("iss")), String.valueOf(claims.get("sub")));
  }

  private static Map<?, ?> claims(String token) {
    try {
      byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      return AgentJson.mapper().readValue(claims, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A reply with one bit flipped in its sealed part. */
  public static byte[] flipped(byte[] reply) {
    byte[] copy = Arrays.copyOf(reply, reply.length);
    copy[copy.length - 1] ^= 1;
    return copy;
  }
}
