package org.hikae.lifecycle.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.lifecycle.entity.Erasure;
import org.hikae.lifecycle.entity.ReceiptKey;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.runtime.control.PortalSigningKey;
import org.hikae.runtime.service.Settings;

/**
 * The portal's signed word about an erasure (HK1-H-11). It speaks of the portal's live database
 * alone: neither of copies of that database, nor of the vault.
 */
@ApplicationScoped
public class ErasureReceiptIssuer {

  private static final String TYPE = "hikae-erasure+jwt";

  @Inject private ReceiptSigner signer;
  @Inject private ErasureStore erasures;
  @Inject private EmployeeDirectory directory;
  @Inject private Settings settings;

  /** Signs that everything of {@code erasure} is gone, and keeps the public key with it. */
  public String sign(Erasure erasure, Instant now) {
    PortalSigningKey key = signer.load();
    if (erasures.key(key.keyId()).isEmpty()) {
      erasures.keep(new ReceiptKey(key.keyId(), key.publicKey(), now));
    }
    EmployeeView employee = directory.find(erasure.employeeId()).orElseThrow();
    JsonObject statement =
        Json.createObjectBuilder()
            .add("iss", settings.portalUrl())
            .add("sub", employee.subject())
            .add("realm", employee.issuer())
            .add("jti", "erasure-" + erasure.id())
            .add("iat", now.getEpochSecond())
            .add("set", erasure.setId())
            .add("askedAt", Objects.requireNonNull(erasure.askedAt()).toString())
            .add("erasedAt", now.toString())
            .add("wraps", erasure.wraps())
            .add("snapshots", erasure.snapshots())
            .add("objects", erasure.objects())
            .add("bytes", erasure.bytes())
            .add("notCovered", Json.createArrayBuilder().add("database backups").add("vault"))
            .build();
    return signer.sign(TYPE, statement);
  }
}
