package org.hikae.device.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.AgentException;

/**
 * Asks the person one thing at a time where there is no terminal, such as in a page. Each call
 * waits for the answer, and is cancelled when the person ends it all.
 */
public interface PersonDialog {

  /** What is asked. */
  enum DialogStep {
    /** Whether they agree to the text: {@code yes}, or anything else. */
    CONSENT,
    /** How to protect the key: a name of the list. */
    PROTECTION,
    /** A new password. */
    NEW_PASSWORD,
    /** A new 64-digit key is shown: a file for its sheet, or nothing to go on. */
    SHOWN_DIGITS,
    /** A row of that key; nothing to see it again. */
    DIGIT_ROW,
    /** With what to unlock: a name of the list. */
    UNLOCK_METHOD,
    /** The password of the backup. */
    PASSWORD,
    /** The 64-digit key. */
    DIGITS,
    /** A phrase, so that nothing grave is agreed to by habit. */
    PHRASE,
    /** The password, for practice; nothing for later. */
    PRACTICE,
    /** Which of several devices gets the key: its number in the list. */
    TRANSFER_DEVICE,
    /** The six digits that a new device shows. */
    TRANSFER_CODE,
    /** What opting out means, and where it is done: anything once it is. */
    OPT_OUT,
    /** Whether what was said may be sent to IT: {@code yes}, or anything else. */
    DIAGNOSTICS,
    /** Which of several restic repositories is meant: its number in the list. */
    RESTIC_REPOSITORY,
    /** The password that a restic repository has. */
    RESTIC_PASSWORD,
    /** What restic needs is shown: {@code forget} ends that credential, anything else keeps it. */
    RESTIC_VALUES
  }

  /** What is wrong with something that was typed, as a sentence. */
  @FunctionalInterface
  interface SecretCheck {
    /** Nothing when it may be used; changes nothing. */
    Optional<String> problem(char[] typed);
  }

  /**
   * Asks for what is no secret.
   *
   * @param facts what the person has to know for it, no secrets
   */
  String answer(DialogStep step, Map<String, ?> facts) throws AgentException;

  /** Asks for a secret; the caller overwrites it. */
  char[] secret(DialogStep step, Map<String, ?> facts) throws AgentException;

  /** Asks for one that has to pass a check, which may be tried before it is given. */
  char[] secret(DialogStep step, Map<String, ?> facts, SecretCheck check) throws AgentException;

  /**
   * Shows lines that nobody else may see, and asks what to do.
   *
   * @param lines given out for as long as this waits
   */
  String shown(DialogStep step, Map<String, ?> facts, List<String> lines) throws AgentException;

  /** The person is not waited for any more where they sign in: it is done, or it failed. */
  void signInEnded();
}
