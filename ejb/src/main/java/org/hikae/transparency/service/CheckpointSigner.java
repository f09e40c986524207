package org.hikae.transparency.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.runtime.control.PortalSigningKey;
import org.hikae.runtime.service.Settings;
import org.hikae.transparency.entity.LogHead;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * Signs the end of the log with the portal's key for it. The private key is read from a file and
 * leaves this class nowhere.
 */
@ApplicationScoped
public class CheckpointSigner {

  /** Where the log lies below the portal's address. */
  private static final String PATH = "/api/public/log";

  @Inject private Settings settings;

  private @Nullable PortalSigningKey key;

  /** For the container. */
  public CheckpointSigner() {}

  /** For tests without a container. */
  @SuppressWarnings("UnnecessaryAssignment") // the container does not come here
  public CheckpointSigner(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads the key, or makes it.
   *
   * @throws IllegalStateException when the file holds no such key or cannot be made; says which
   *     file and why
   */
  public synchronized PortalSigningKey load() {
    if (key == null) {
      try {
        key = PortalSigningKey.readOrMake(settings.logKey());
      } catch (IOException | GeneralSecurityException e) {
        throw new IllegalStateException(
            "The key of the transparency log could not be read from "
                + settings.logKey()
                + " (HIKAE_LOG_KEY): "
                + e.getMessage(),
            e);
      }
    }
    return key;
  }

  /** The name of a log that begins now: its address, without the scheme. */
  String newOrigin() {
    URI portal = URI.create(settings.portalUrl());
    return portal.getRawAuthority() + PATH;
  }

  /** Public half of the key. */
  byte[] publicKey() {
    return load().publicKey();
  }

  /**
   * The signed end of a log that has begun. Of the same end it is always the same bytes.
   *
   * @throws IllegalStateException when the key in the file is not the one of this log: devices
   *     would take another key for another log
   */
  public byte[] sign(LogHead head) {
    PortalSigningKey signing = load();
    String origin = head.origin().orElseThrow();
    if (!MessageDigest.isEqual(head.publicKey().orElseThrow(), signing.publicKey())) {
      throw new IllegalStateException(
          "The key in "
              + settings.logKey()
              + " (HIKAE_LOG_KEY) is not the one of this database's transparency log.");
    }
    try {
      String text = new Checkpoint(origin, head.size(), head.range().root()).text();
      NoteSigner signer = new NoteSigner(key(head), signing::sign);
      return new SignedNote(text, List.of(signer.sign(text))).encode();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The end of the transparency log could not be signed.", e);
    }
  }

  /** The public key of a log that has begun, as others need it. */
  public static NoteKey key(LogHead head) {
    try {
      return NoteKey.of(
          head.origin().orElseThrow(), NoteKeyType.ED25519, head.publicKey().orElseThrow());
    } catch (MalformedException e) {
      throw new IllegalStateException("The row of the transparency log's key is wrong.", e);
    }
  }
}
