package org.hikae.enrollment.wire;

/**
 * Asks for a nonce to sign ({@code POST /api/v1/enrollment/nonces}).
 *
 * @param deviceId the device
 */
public record NonceRequest(String deviceId) {}
