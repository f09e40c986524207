package org.hikae.runtime.control;

/** Where notices leave the portal. */
public sealed interface ChannelAddress permits SmtpAddress, WebhookAddress {}
