package org.hikae.enrollment.view;

/**
 * Fired in the transaction that stops a device for good.
 *
 * @param deviceId which device
 */
public record RevokedDevice(String deviceId) {}
