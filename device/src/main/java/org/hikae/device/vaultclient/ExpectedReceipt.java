package org.hikae.device.vaultclient;

import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.VaultEvent;

/**
 * What a receipt must say, from what was sent; tenant, employee and device are the channel's.
 *
 * @param events what may have happened
 * @param setId the set
 * @param credId the record; zero when the event is not about one
 * @param detail what belongs to the event; zero when nothing does
 */
record ExpectedReceipt(Set<VaultEvent> events, byte[] setId, Hash256 credId, Hash256 detail) {}
