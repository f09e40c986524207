package org.hikae.diagnostics.wire;

/**
 * What of the system the agent can use.
 *
 * @param systemd whether there are timers of systemd for the person
 * @param fuse whether folders can be mounted
 * @param notifications whether the desktop shows messages
 */
public record DiagnosticsTools(boolean systemd, boolean fuse, boolean notifications) {}
