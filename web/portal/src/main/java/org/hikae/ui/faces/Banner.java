package org.hikae.ui.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.problem.control.ProblemMessages;
import org.hikae.problem.control.Refusal;

/** Tells the person at the top of the page how their action went. */
@ApplicationScoped
public class Banner {

  /**
   * Does the action and says so, or says why it was refused. Anything but a refusal is a defect and
   * goes on to the error page.
   *
   * @param action one call of a boundary
   * @param bundle variable of the message bundle
   * @param doneKey key of the sentence that says it is done
   * @return whether it was done
   */
  public boolean attempt(Runnable action, String bundle, String doneKey) {
    try {
      action.run();
    } catch (Refusal refusal) {
      show(refusal);
      return false;
    }
    say(FacesMessage.SEVERITY_INFO, text(bundle, doneKey));
    return true;
  }

  /** A bundle in the language of the page that is made. */
  public static ResourceBundle texts(String bundle) {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces.getApplication().getResourceBundle(faces, bundle);
  }

  /** Says why something was refused. */
  public void show(Refusal refusal) {
    Locale locale = FacesContext.getCurrentInstance().getViewRoot().getLocale();
    say(FacesMessage.SEVERITY_ERROR, ProblemMessages.of(refusal.code(), locale, refusal.reason()));
  }

  /** Says a sentence of a bundle as good news. */
  public void say(String bundle, String key) {
    say(FacesMessage.SEVERITY_INFO, text(bundle, key));
  }

  /** Says a sentence of a bundle as bad news. */
  public void warn(String bundle, String key) {
    say(FacesMessage.SEVERITY_ERROR, text(bundle, key));
  }

  private static void say(FacesMessage.Severity severity, String text) {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.addMessage(null, new FacesMessage(severity, text, null));
    // Kept over the redirect that may follow.
    faces.getExternalContext().getFlash().setKeepMessages(true);
  }

  private static String text(String bundle, String key) {
    return texts(bundle).getString(key);
  }
}
