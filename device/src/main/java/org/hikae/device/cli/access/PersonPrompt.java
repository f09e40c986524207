package org.hikae.device.cli.access;

import org.hikae.device.protection.UserPrompt;

/** Whoever asks the person: at a terminal or elsewhere. */
public interface PersonPrompt extends UserPrompt, PhrasePrompt {}
