/**
 * The agent's way to the portal: HTTP with time-outs, size limits and bounded retries, the device
 * session, typed calls, and the engine's store of objects and snapshots on top. Nothing the portal
 * says is believed that can be checked: names are hashes and are computed again, lists and chains
 * are compared with what the device remembers.
 */
@NullMarked
package org.hikae.device.remote;

import org.jspecify.annotations.NullMarked;
