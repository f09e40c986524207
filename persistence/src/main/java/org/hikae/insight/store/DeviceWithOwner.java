package org.hikae.insight.store;

import org.hikae.enrollment.entity.Device;

/**
 * A device and whose it is.
 *
 * @param device the device
 * @param employeeName what its employee is called
 */
public record DeviceWithOwner(Device device, String employeeName) {}
