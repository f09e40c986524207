package org.hikae.lifecycle.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hikae.enrollment.boundary.OwnConsentCommands;
import org.hikae.enrollment.view.OwnConsentDecision;
import org.hikae.enrollment.view.OwnConsentStatus;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.lifecycle.value.ErasureId;
import org.hikae.lifecycle.view.OfferedErasure;
import org.hikae.lifecycle.view.OptOutPlan;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.DefaultStreamedContent;
import org.primefaces.model.StreamedContent;

/** What the employee agreed to, when, and taking it back. */
@Named
@ViewScoped
public class OwnConsentPage implements Serializable {

  @Inject private OwnConsentCommands consent;
  @Inject private OptOutCommands optOut;
  @Inject private Banner banner;

  private @Nullable OptOutPlan plan;
  private @Nullable List<OfferedErasure> erasures;
  private @Nullable OwnConsentStatus status;
  private @Nullable ConsentText text;
  private @Nullable List<OwnConsentDecision> decisions;

  /** Reads where the employee stands. */
  public void load() {
    status = consent.status();
    text = consent.text(locale());
    decisions = consent.decisions();
    plan = optOut.plan().orElse(null);
    erasures = optOut.list();
  }

  /** Agrees to a later text, of the version that is shown. */
  public void agree(int version) {
    AgreeConsent agreed =
        new AgreeConsent(version, locale().getLanguage().equals("ja") ? "ja" : "en");
    banner.attempt(() -> consent.agree(agreed), "my", "reconsent.done");
  }

  /** Opts out. */
  public void withdraw() {
    banner.attempt(() -> optOut.optOut(locale()), "my", "optOut.done");
  }

  /** Takes an opt-out back. */
  public void takeBack(long erasureId) {
    banner.attempt(
        () -> optOut.takeBack(new ErasureId(erasureId), locale()), "my", "optOut.takenBack");
  }

  /** The signed receipt of an erasure, as a file. */
  public StreamedContent receipt(long erasureId) {
    byte[] receipt = optOut.receipt(new ErasureId(erasureId)).getBytes(StandardCharsets.US_ASCII);
    return DefaultStreamedContent.builder()
        .name("hikae-erasure-" + erasureId + ".jws")
        .contentType("application/jose")
        .contentLength((long) receipt.length)
        .stream(() -> new ByteArrayInputStream(receipt))
        .build();
  }

  /** Where the employee stands. */
  public @Nullable OwnConsentStatus getStatus() {
    return status;
  }

  /** The current text. */
  public @Nullable ConsentText getText() {
    return text;
  }

  /** Decisions, newest first. */
  public @Nullable List<OwnConsentDecision> getDecisions() {
    return decisions;
  }

  /** What opting out would do; null when there is nothing to opt out of. */
  public @Nullable OptOutPlan getPlan() {
    return plan;
  }

  /** Opt-outs, newest first. */
  public @Nullable List<OfferedErasure> getErasures() {
    return erasures;
  }

  /** Until when a later text has to be agreed to; null when none has. */
  public @Nullable Instant getRenewalDue() {
    OwnConsentStatus known = status;
    Reconsent reconsent = known == null ? null : known.reconsent();
    return reconsent == null ? null : reconsent.by();
  }

  private static Locale locale() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale();
  }
}
