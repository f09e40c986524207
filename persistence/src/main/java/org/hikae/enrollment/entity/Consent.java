package org.hikae.enrollment.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.enrollment.value.ConsentAction;
import org.jspecify.annotations.Nullable;

/**
 * A decision of an employee, or what followed from there being none: who, when, on which device,
 * about which text in which language. Never changed.
 */
@Entity
@Table(name = "consent")
public class Consent {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "consent_id")
  private Long consentId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "device_id", updatable = false)
  private @Nullable String deviceId;

  @Column(name = "client_id", updatable = false)
  private String clientId;

  @Column(name = "text_version", updatable = false)
  private int textVersion;

  @Column(name = "text_language", updatable = false)
  private String textLanguage;

  @Enumerated(EnumType.STRING)
  @Column(name = "action", updatable = false)
  private ConsentAction action;

  @Column(name = "given_at", updatable = false)
  private Instant givenAt;

  /** For the persistence provider. */
  protected Consent() {}

  /**
   * A decision.
   *
   * @param deviceId the device it was made on; null for the pages
   * @param clientId the program it was made with
   */
  public Consent(
      long employeeId,
      @Nullable String deviceId,
      String clientId,
      ConsentTranslation text,
      ConsentAction action,
      Instant givenAt) {
    this.employeeId = employeeId;
    this.deviceId = deviceId;
    this.clientId = clientId;
    this.textVersion = text.version();
    this.textLanguage = text.language();
    this.action = action;
    this.givenAt = givenAt;
  }

  /** Its place in the ledger; rises. */
  public Long consentId() {
    return consentId;
  }

  /** The program it was made with. */
  public String clientId() {
    return clientId;
  }

  /** The device, unless it was decided on the pages. */
  public @Nullable String deviceId() {
    return deviceId;
  }

  /** Version of the text. */
  public int textVersion() {
    return textVersion;
  }

  /** Language of the text. */
  public String textLanguage() {
    return textLanguage;
  }

  /** What was decided. */
  public ConsentAction action() {
    return action;
  }

  /** When. */
  public Instant givenAt() {
    return givenAt;
  }
}
