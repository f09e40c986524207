package org.hikae.device.cli.dialog;

import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.jspecify.annotations.Nullable;

/**
 * How far a dialog is.
 *
 * @param command what it is about; absent when there was none
 * @param running whether it is at work or waits for an answer
 * @param number of the question, from 1; an answer names it, so that none is given twice
 * @param step what is asked; absent while it is at work
 * @param facts what the person has to know for it
 * @param signIn the sign-in that is waited for
 * @param transfer the digits that are waited for on another device
 * @param said what the command said since the last answer
 * @param notes what the person was told
 * @param result how it ended
 * @param failure why it could not be done
 */
public record DialogView(
    @Nullable String command,
    boolean running,
    int number,
    @Nullable DialogStep step,
    Map<String, Object> facts,
    @Nullable SignInView signIn,
    @Nullable TransferCodeView transfer,
    List<String> said,
    List<String> notes,
    @Nullable RunResult result,
    @Nullable FailureView failure) {

  /** Of a window in which nothing was asked. */
  public static DialogView none() {
    return new DialogView(
        null, false, 0, null, Map.of(), null, null, List.of(), List.of(), null, null);
  }
}
