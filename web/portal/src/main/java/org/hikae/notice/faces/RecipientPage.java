package org.hikae.notice.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Optional;
import org.hikae.notice.boundary.RecipientCommands;
import org.hikae.notice.value.RecipientId;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.PutRecipientResult;
import org.hikae.notice.view.RecipientEditConflict;
import org.hikae.notice.view.RecipientView;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.EditPage;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** One recipient of notices, a new one too. */
@Named
@ViewScoped
public class RecipientPage extends EditPage<RecipientView> {

  private static final String LIST = "/admin/notices?faces-redirect=true";

  @Inject private RecipientCommands commands;
  @Inject private Banner banner;

  private RecipientForm draft = new RecipientForm();

  @Override
  public void load() throws IOException {
    Long wanted = getId();
    if (wanted == null) {
      return;
    }
    Optional<RecipientView> found =
        commands.list().stream().filter(one -> one.recipientId() == wanted).findFirst();
    if (found.isPresent()) {
      show(found.get());
      return;
    }
    NotFoundAnswer.send(ProblemCode.NOT_FOUND.code());
  }

  private void show(RecipientView recipient) {
    edits(recipient.edition());
    draft = RecipientForm.of(recipient.recipient());
  }

  /** Saves; shows all recipients, or what somebody else has put there meanwhile. */
  public @Nullable String save() {
    Long id = getId();
    try {
      PutRecipient put = draft.put();
      boolean waits = false;
      if (id == null) {
        commands.create(put);
      } else {
        waits =
            commands.edit(new RecipientId(id), edition(), put) instanceof PutRecipientResult.Waits;
      }
      banner.say("ntc", waits ? "done.waits" : "done.recipient");
      return LIST;
    } catch (Refusal refusal) {
      if (refusal.details() instanceof RecipientEditConflict edited) {
        conflictsWith(edited.current(), edited.current().edition());
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

  /** What the form shows. */
  public RecipientForm getDraft() {
    return draft;
  }
}
