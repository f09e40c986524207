package org.hikae.device.vaultclient;

import java.security.SecureRandom;
import java.time.Clock;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.http.Sleeper;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.portal.VaultTokenSource;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;

/**
 * What speaking to the vault stands on.
 *
 * @param portal carries the messages
 * @param tokens the employee's, for this device, and the time
 * @param device the device's key
 * @param stateFile where card and head are remembered
 * @param home where receipts are kept
 * @param clock this computer's
 * @param random randomness
 * @param ksf stretches passwords
 * @param pause how to wait for a vault that is taken over
 */
public record VaultClientContext(
    DevicePortalClient portal,
    VaultTokenSource tokens,
    DeviceIdentity device,
    StateFile stateFile,
    AgentHome home,
    Clock clock,
    SecureRandom random,
    Ksf ksf,
    Sleeper pause) {}
