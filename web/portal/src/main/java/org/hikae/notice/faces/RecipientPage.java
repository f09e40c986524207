package org.hikae.notice.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.hikae.notice.boundary.RecipientCommands;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.PutRecipientResult;
import org.hikae.notice.view.RecipientEditConflict;
import org.hikae.notice.view.RecipientView;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** One recipient of notices, a new one too. */
@Named
@ViewScoped
public class RecipientPage implements Serializable {

  private static final String LIST = "/admin/notices?faces-redirect=true";

  @Inject private RecipientCommands desk;
  @Inject private Banner banner;

  private @Nullable Long id;
  private @Nullable Long edition;
  private RecipientForm draft = new RecipientForm();
  private transient @Nullable RecipientView current;

  /** Reads the recipient named in the address, or offers a new one. */
  public void load() throws IOException {
    Long wanted = id;
    if (wanted == null) {
      return;
    }
    Optional<RecipientView> found =
        desk.list().stream().filter(one -> one.recipientId() == wanted).findFirst();
    if (found.isPresent()) {
      show(found.get());
      return;
    }
    FacesContext faces = FacesContext.getCurrentInstance();
    faces
        .getExternalContext()
        .responseSendError(HttpServletResponse.SC_NOT_FOUND, ProblemCode.NOT_FOUND.code());
    faces.responseComplete();
  }

  private void show(RecipientView recipient) {
    edition = recipient.edition();
    draft = RecipientForm.of(recipient.recipient());
  }

  /** Saves; shows all recipients, or what somebody else has put there meanwhile. */
  public @Nullable String save() {
    try {
      PutRecipient put = draft.put();
      boolean waits = false;
      if (id == null) {
        desk.create(put);
      } else {
        waits = desk.edit(id, edition, put) instanceof PutRecipientResult.Waits;
      }
      banner.say("ntc", waits ? "done.waits" : "done.recipient");
      return LIST;
    } catch (Refusal refusal) {
      if (refusal.details() instanceof RecipientEditConflict edited) {
        current = edited.current();
      } else if (refusal.code() == ProblemCode.CONFLICT) {
        banner.warn("ntc", "recipient.conflict");
      } else if (refusal.code() == ProblemCode.MALFORMED) {
        banner.warn("ntc", "recipient.wrong");
      } else {
        banner.show(refusal);
      }
      return null;
    }
  }

  /** Goes on with one's own values, over what stands now. */
  public void keepMine() {
    RecipientView stands = current;
    if (stands != null) {
      edition = stands.edition();
    }
    current = null;
  }

  /** Takes what stands now. */
  public void takeTheirs() throws IOException {
    current = null;
    load();
  }

  /** What somebody else has put there meanwhile; null when nobody has. */
  public @Nullable RecipientView getCurrent() {
    return current;
  }

  /** Its number; null for a new one. */
  public @Nullable Long getId() {
    return id;
  }

  /** Sets the number from the address. */
  public void setId(@Nullable Long id) {
    this.id = id;
  }

  /** What the form shows. */
  public RecipientForm getDraft() {
    return draft;
  }
}
