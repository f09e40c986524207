package org.hikae.device.cli.access;

import org.hikae.device.files.RawPath;
import org.hikae.device.protection.KeyProtection;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on the command line instead of at the terminal.
 *
 * @param yes the consent text is agreed to
 * @param protection how to protect K
 * @param unlock how to unlock
 * @param passwordFd descriptor with the password
 * @param digitKeyFd descriptor with the 64-digit key, or with the row that is typed back
 * @param digitKeyOutFd descriptor that the new 64-digit key is written to
 * @param newPasswordFd descriptor with a new password
 * @param sheet file for the sheet of a new 64-digit key
 */
public record PromptOptions(
    boolean yes,
    @Nullable KeyProtection protection,
    @Nullable WrapMethod unlock,
    @Nullable Integer passwordFd,
    @Nullable Integer digitKeyFd,
    @Nullable Integer digitKeyOutFd,
    @Nullable Integer newPasswordFd,
    @Nullable RawPath sheet) {}
