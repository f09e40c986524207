package org.hikae.notice.view;

/**
 * What stands instead of what somebody saw.
 *
 * @param current the settings as they are now
 */
public record ChannelEditConflict(ChannelSettingsView current) {}
