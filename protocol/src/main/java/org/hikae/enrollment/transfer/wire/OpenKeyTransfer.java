package org.hikae.enrollment.transfer.wire;

/**
 * The calling device asks for K ({@code PUT /api/v1/device/transfers/{transferId}}). The same again
 * is success. What it asked for before is over.
 *
 * @param setId the employee's active set
 * @param offer body of the first message, base64url
 */
public record OpenKeyTransfer(String setId, String offer) {}
