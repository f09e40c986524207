package org.hikae.transparency.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
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

  private static final System.Logger LOG = System.getLogger(CheckpointSigner.class.getName());

  /** Somebody has to put the right key there first. */
  private static final int RETRY_AFTER_SECONDS = 600;

  /** Where the log lies below the portal's address. */
  private static final String PATH = "/api/public/log";

  @Inject private Settings settings;

  private @Nullable PortalSigningKey key;
  private boolean told;

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
   * Whether the key in the file is the one of this log, or the log has not begun. That it is
   * another one is told to the server's log, once.
   */
  public synchronized boolean fits(LogHead head) {
    boolean fits =
        head.publicKey()
            .map(known -> MessageDigest.isEqual(known, load().publicKey()))
            .orElse(true);
    if (!fits && !told) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The key in "
              + settings.logKey()
              + " (HIKAE_LOG_KEY) is not the one of this database's transparency log: this portal"
              + " does not sign it.");
      told = true;
    }
    return fits;
  }

  /**
   * The signed end of a log that has begun. Of the same end it is always the same bytes.
   *
   * @throws Refusal as busy, when the key in the file is not the one of this log: readers would
   *     take another key for another log
   */
  public byte[] sign(LogHead head) {
    if (!fits(head)) {
      throw Refusal.retryAfter(ProblemCode.BUSY, RETRY_AFTER_SECONDS);
    }
    PortalSigningKey signing = load();
    String origin = head.origin().orElseThrow();
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
