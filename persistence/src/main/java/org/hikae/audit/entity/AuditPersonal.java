package org.hikae.audit.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hikae.audit.wire.AuditRecord;

/** What people were called when an event happened. May be erased; the chain holds a hash only. */
@Entity
@Table(name = "audit_personal")
public class AuditPersonal {

  /** Longest content, in characters. */
  public static final int MAX_CHARS = 2000;

  @Id
  @Column(name = "event_id")
  private long eventId;

  @Column(name = "salt", updatable = false)
  private String salt;

  @Column(name = "content", updatable = false)
  private String content;

  /** For the persistence provider. */
  protected AuditPersonal() {}

  public AuditPersonal(long eventId, String salt, String content) {
    this.eventId = eventId;
    this.salt = salt;
    this.content = content;
  }

  /** The hash that the event must carry. */
  public String hash() {
    return AuditRecord.personalHash(salt, content);
  }

  /** What makes the hash tell nothing. */
  public String salt() {
    return salt;
  }

  /** The names, a JSON object as text. */
  public String content() {
    return content;
  }
}
