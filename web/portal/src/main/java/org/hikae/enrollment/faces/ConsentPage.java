package org.hikae.enrollment.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hikae.enrollment.boundary.OwnConsent;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.notice.faces.Banner;
import org.jspecify.annotations.Nullable;

/** What the employee agreed to, when, and taking it back. */
@Named
@ViewScoped
public class ConsentPage implements Serializable {

  @Inject private OwnConsent consent;
  @Inject private Banner banner;

  private transient OwnConsent.@Nullable Status status;
  private transient @Nullable ConsentText text;
  private transient @Nullable List<OwnConsent.Decision> decisions;

  /** Reads where the employee stands. */
  public void load() {
    status = consent.status();
    text = consent.text(locale());
    decisions = consent.decisions();
  }

  /** Takes the consent back. */
  public void withdraw() {
    banner.attempt(() -> consent.withdraw(locale()), "my", "optOut.done");
  }

  /** Where the employee stands. */
  public OwnConsent.@Nullable Status getStatus() {
    return status;
  }

  /** The current text. */
  public @Nullable ConsentText getText() {
    return text;
  }

  /** Decisions, newest first. */
  public @Nullable List<OwnConsent.Decision> getDecisions() {
    return decisions;
  }

  /** Whether there is something to opt out of. */
  public boolean isTakingPart() {
    return status != null && status.set() != null;
  }

  /** When a decision was taken. */
  public Instant at(OwnConsent.Decision decision) {
    return Instant.parse(decision.at());
  }

  private static Locale locale() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale();
  }
}
