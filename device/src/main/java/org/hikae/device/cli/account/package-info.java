/**
 * This device and its employee at the portal: login, logout, status, devices, policy. It knows no
 * restore.
 */
@NullMarked
package org.hikae.device.cli.account;

import org.jspecify.annotations.NullMarked;
